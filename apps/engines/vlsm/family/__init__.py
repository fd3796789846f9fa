"""The family of vision-language simulation models: encoder, connector, language model, by file."""
