"""The register of measures: listed, documented and changed."""
