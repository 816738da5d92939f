"""The JSON API's frame: tokens, problems, pages of lists, versions and the OpenAPI document."""
