"""What several pages show: citations, typeset texts, drawings, and the templates."""
