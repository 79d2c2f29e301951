"""Single documents (.docx, .odt, .html, .md, plain text, the text of a web page) read as story drafts."""
