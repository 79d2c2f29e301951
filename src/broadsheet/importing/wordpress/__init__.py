"""Reading WordPress exports (WXR): streaming, secure, pure."""
