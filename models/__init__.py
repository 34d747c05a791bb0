"""The ground floor: tables, vocabulary, rules and verbs of each noun, without web or paper."""
