"""What is handed to leaders and inspectors, as values: who words and draws it stands outside."""
