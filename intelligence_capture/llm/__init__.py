"""The extraction by a model: the only place that knows the OpenAI SDK."""
