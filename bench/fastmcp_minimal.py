"""The smallest server that FastMCP makes: one tool, over stdio or HTTP."""

import sys

from fastmcp import FastMCP

mcp = FastMCP("minimal")


@mcp.tool
def echo(text: str) -> dict[str, str]:
    """Echo a text."""
    return {"text": text}


if sys.argv[1] == "http":
    mcp.run(
        transport="http",
        host="127.0.0.1",
        port=int(sys.argv[2]),
        path="/mcp",
        show_banner=False,
        log_level="error",
    )
else:
    mcp.run(show_banner=False, log_level="error")
