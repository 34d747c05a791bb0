"""What may come in: WTForms classes, fields, validators and their messages."""
