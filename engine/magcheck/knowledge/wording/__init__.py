"""Every sentence that the machine says of its own accord: rules/wording.yaml as models, one for each subject."""
