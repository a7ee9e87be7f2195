"""The pages people see. Everything an applicant reads stands in `prompts/ui.nl.yaml`."""
