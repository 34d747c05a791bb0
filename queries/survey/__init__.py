"""Reading surveys: rounds, places, counts, results, and what they give to reports."""
