"""The reference kernel: one readable Python object for each object of the model."""
