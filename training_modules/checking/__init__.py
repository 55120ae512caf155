"""The checker: what a module needs before it may be delivered, rule by rule."""
