#!/usr/bin/env python3
"""The npm package: packed, installed from its file in an empty folder without a network, and used there by npx. The
commands give what the program beside it gives, and the page is served to 127.0.0.1 alone, file by file."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

NATIVE = [os.environ["CONVLOOM"]]
TESTS = Path(os.environ["TESTS_DIR"])
ROOT = TESTS.parent
PHOTO = ROOT / "assets" / "images" / "lighthouse.jpg"
NPX = ["npx", "--offline", "--no-install", "convloom"]
LIMIT_S = 120

failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)


def must(*words, cwd):
    subprocess.run([str(word) for word in words], cwd=cwd, check=True, stdout=subprocess.DEVNULL, timeout=LIMIT_S)


def install():
    must(ROOT / "scripts" / "web" / "npm.sh", Path("package").absolute(), cwd=".")
    packed = Path("packed")
    packed.mkdir()
    must("npm", "pack", "--offline", "--silent", "--pack-destination", packed.absolute(), cwd="package")
    (file,) = packed.glob("convloom-*.tgz")
    folder = Path("installed")
    folder.mkdir()
    must("npm", "install", "--offline", "--no-audit", "--no-fund", f"../{file}", cwd=folder)
    facts = json.loads((folder / "node_modules" / "convloom" / "package.json").read_text())
    version = subprocess.run(NATIVE + ["--version"], capture_output=True, text=True).stdout.split()[1]
    expect(facts["version"] == version, f"the package is {facts['version']}, the program {version}")
    expect(not facts.get("dependencies"), "the package has dependencies")
    expect([p.name for p in (folder / "node_modules").iterdir() if p.is_dir() and p.name[0] != "."] == ["convloom"],
           "something else was installed")
    return folder


def same(folder, *words, stdin=b"", status=0):
    """Both say the same and end alike; gives what npx left."""
    words = [str(word) for word in words]
    native = subprocess.run(NATIVE + words, input=stdin, capture_output=True, timeout=LIMIT_S, cwd="native")
    node = subprocess.run(NPX + words, input=stdin, capture_output=True, timeout=LIMIT_S, cwd=folder)
    name = " ".join(words)
    expect(native.returncode == status, f"{name}: the native program ends with {native.returncode}")
    expect(node.returncode == status, f"{name}: ends with {node.returncode}: {node.stderr.decode()[-1000:]}")
    expect(node.stdout == native.stdout, f"{name}: standard output differs: {node.stdout[:200]!r}")
    expect(node.stderr == native.stderr, f"{name}: says {node.stderr!r}, not {native.stderr!r}")
    return node


def commands(folder):
    Path("native").mkdir()
    same(folder, "list")
    for file in ("step_%02d.svg", "all.gif", "steps.pdf"):
        same(folder, "export", "--preset", "dilation", "--steps", "0..2", "-o", file)
    made = sorted(path.name for path in Path("native").iterdir())
    expect(len(made) == 5, f"the native program made {made}")
    for name in made:
        expect((folder / name).is_file() and (folder / name).read_bytes() == (Path("native") / name).read_bytes(),
               f"{name} is not the native program's")
    same(folder, "lisst", status=2)
    same(folder, "export", "--preset", "dilation", "-o", "nowhere/a.gif", status=1)
    filtered = same(folder, "filter", "-", "--filter", "sobel", "-o", "-", stdin=PHOTO.read_bytes())
    expect(filtered.stdout.startswith(b"\x89PNG"), "the filtered photo on standard output is no PNG")
    refused = subprocess.run(NPX + ["--port", "99999"], cwd=folder, capture_output=True, text=True, timeout=LIMIT_S)
    expect(refused.returncode == 2 and "65535" in refused.stderr, f"--port 99999: {refused}")
    helps = subprocess.run(NPX + ["--help"], cwd=folder, capture_output=True, text=True, timeout=LIMIT_S)
    expect("export" in helps.stdout and "--no-open" in helps.stdout, "--help does not name export and --no-open")


def asked(port, path, method="GET", headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_S)
    connection.putrequest(method, path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def started(folder, *words):
    program = folder / "node_modules" / ".bin" / "convloom"  # npx's shell would stand between it and Ctrl+C
    server = subprocess.Popen([program.absolute(), "--no-open", *words], cwd=folder, stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    if not found:
        server.kill()
        sys.exit(f"No address is named: {line!r}")
    return server, int(found[1])


def page(folder):
    inside = folder / "node_modules" / "convloom" / "page"
    server, port = started(folder)
    second, other_port = started(folder)  # while the usual port is taken
    try:
        expect(port != other_port, "two servers have one port")
        answer, body = asked(port, "/")
        expect(answer.status == 200 and b"<title>Convloom" in body, "/ is not the page")
        expect(answer.getheader("Content-Type").startswith("text/html"), f"/ is {answer.getheader('Content-Type')}")
        for name, kind in (("convloom.wasm", "application/wasm"), ("convloom.js", "text/javascript"),
                           ("page.js", "text/javascript")):
            answer, body = asked(port, "/" + name)
            expect(body == (inside / name).read_bytes(), f"{name} arrives as something else")
            expect(answer.getheader("Content-Type").split(";")[0] == kind, f"{name}: {answer.getheader('Content-Type')}")
            tag = answer.getheader("ETag")
            answer, body = asked(port, "/" + name, headers={"If-None-Match": tag})
            expect(answer.status == 304 and not body, f"{name} is sent again: {answer.status}")
            answer, body = asked(port, "/" + name, method="HEAD")
            expect(int(answer.getheader("Content-Length")) == (inside / name).stat().st_size and not body, f"HEAD of {name}")
        for path in ("/../package.json", "/..%2fpackage.json", "/%2e%2e/package.json", "/..\\package.json", "//etc/passwd",
                     "/./index.html", "/nothing", "/%00", "/page.js/"):
            answer, _ = asked(port, path)
            expect(answer.status == 404, f"{path} is answered with {answer.status}")
        expect(asked(port, "/%zz")[0].status == 400, "/%zz")
        expect(asked(port, "/", method="POST")[0].status == 405, "POST is answered")
        addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for address in addresses - {"127.0.0.1"}:
            if address.startswith("127."):
                continue
            try:
                socket.create_connection((address, port), timeout=2).close()
                failures.append(f"the page is served at {address} too")
            except OSError:
                pass
    finally:
        second.kill()
        second.wait()
        server.send_signal(signal.SIGINT)
    end_s = time.monotonic() + 20
    while server.poll() is None and time.monotonic() < end_s:
        time.sleep(0.05)
    expect(server.poll() == 0, f"Ctrl+C ends the server with {server.poll()}")
    server.kill()


folder = install()
commands(folder)
page(folder)
print("\n".join(failures) or "The package does what the program does.")
sys.exit(1 if failures else 0)
