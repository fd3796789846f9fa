"""One socket command from inside a page, with that page's session."""

from typing import Any

from playwright.sync_api import Page

ASK = """
([command, payload]) => new Promise((resolve, reject) => {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/`);
  const timer = setTimeout(() => reject(new Error("no reply")), 10000);
  socket.onopen = () => socket.send(JSON.stringify({ id: "probe", command, payload }));
  socket.onclose = (event) => resolve({ ok: false, closed: event.code });
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.reply_to !== "probe") return;
    clearTimeout(timer);
    resolve(message);
    socket.close();
  };
})
"""


def ask(page: Page, command: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The server's reply: {"ok": bool, "data" or "error": …}."""
    reply: dict[str, Any] = page.evaluate(ASK, [command, payload])
    return reply
