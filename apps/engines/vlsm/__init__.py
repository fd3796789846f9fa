"""Vision-language simulation models: sketch and prompt to FlexScript (see README.md)."""
