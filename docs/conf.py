"""How the documentation site is built: Markdown by MyST, one theme, nothing fetched from elsewhere when it is read."""

project = "Muniment"
author = "The Muniment developers"
project_copyright = "Apache-2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_title = "Muniment"
html_theme_options = {
    "description": "From sources to a record, each line traced to sealed evidence.",
    "page_width": "62rem",
}
html_show_sphinx = False
