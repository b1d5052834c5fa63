#!/usr/bin/env python3
"""Serves a folder on 127.0.0.1 and names the address: serve.py FOLDER [PORT]."""
import functools
import http.server
import sys

folder, port = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8080


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm",
                      ".js": "text/javascript"}

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer.allow_reuse_address = True
for tried in (port, 0):
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", tried), functools.partial(Handler, directory=folder))
        break
    except OSError as error:
        if tried == 0:
            sys.exit(f"The page cannot be served: {error.strerror}.")
print(f"Convloom is at http://127.0.0.1:{server.server_address[1]}/   (Ctrl+C ends this)", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
