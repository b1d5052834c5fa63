"""A desktop for tests: an X server without a screen, the program's window on it, and functions for input and screenshots.

Needs Xvfb, xdotool, ImageMagick and python3-xlib. Not a test itself; the Python tests in tests/gui use it.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

WAIT_S = 20


class Desktop:
    """An Xvfb server. `with Desktop() as desktop:` cleans up after itself."""

    def __init__(self, size="1400x900"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="convloom-gui-"))
        for _ in range(5):   # another server may take the display number at the same moment
            self.start(size)
            if subprocess.run(["xdotool", "getdisplaygeometry"], env=self.env, capture_output=True).returncode == 0:
                return
            self.stop()
        raise AssertionError("no X server starts")

    def start(self, size):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            self.display = ":" + numbers.readline().strip()
        self.env = dict(os.environ, DISPLAY=self.display)
        self.env.pop("WAYLAND_DISPLAY", None)

    def stop(self):
        self.server.terminate()
        self.server.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)

    def open(self, *words, state=None):
        """The window. `state` is the folder for its settings, if several windows share them."""
        return Window(self, [os.environ["CONVLOOM"], *words], state)


class Window:
    def __init__(self, desktop, command, state=None):
        self.desktop = desktop
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=desktop.folder))   # where it saves its frames
        self.seen = set()
        self.places_file = self.folder / ".places"
        # Settings kept between starts stay in the desktop's folder.
        env = dict(desktop.env, CONVLOOM_FILE_DIALOG="own", CONVLOOM_PLACES=str(self.places_file), XDG_STATE_HOME=str(state or self.folder / ".state"))
        self.process = subprocess.Popen(command, env=env, cwd=self.folder, stderr=subprocess.PIPE, text=True)
        self.id = self.wait_for(self.find, "the window opens")
        self.wait_for(lambda: "Convloom" in self.title() and self.title() != "Convloom", "the first frame is drawn")
        self.first_frame = time.monotonic()
        self.run("mousemove", "--window", self.id, 5, 5)
        self.run("windowfocus", "--sync", self.id)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        self.process.stderr.close()

    def close(self):
        """Closes the window as its title bar would; this desktop has no window manager."""
        from Xlib import X, display as xdisplay
        from Xlib.protocol import event

        d = xdisplay.Display(self.desktop.display)
        target = d.create_resource_object("window", int(self.id))
        data = [d.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0]
        target.send_event(event.ClientMessage(window=target, client_type=d.intern_atom("WM_PROTOCOLS"), data=(32, data)), event_mask=0)
        d.sync()   # closing a connection with unread events would lose the message
        d.close()
        self.process.wait(WAIT_S)

    def find(self):
        if self.process.poll() is not None:
            raise AssertionError("the program ended: " + self.process.stderr.read())
        return self.run("search", "--onlyvisible", "--pid", self.process.pid, check=False).split("\n")[0]

    def run(self, *words, check=True):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.desktop.env, capture_output=True, text=True)
        if check and done.returncode:
            raise AssertionError(f"xdotool {words}: {done.stderr}")
        return done.stdout.strip()

    def wait_for(self, condition, what):
        """Polls until the condition returns something true, and returns that."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            if got := condition():
                return got
            time.sleep(0.03)
        raise AssertionError(f"waited in vain until {what}; the title is now “{self.title() if hasattr(self, 'id') else ''}”")

    def title(self):
        return self.run("getwindowname", self.id)

    def wait_title(self, part):
        self.wait_for(lambda: part in self.title(), f"the title says “{part}”")

    def places(self):
        """The positions of the window's controls, as it reports them: {name: [x, y, width, height]}."""
        try:
            return json.loads(self.places_file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def place(self, name):
        return self.wait_for(lambda: self.places().get(name), f"there is a control “{name}”")

    def middle(self, name):
        """The position of a control once it has stopped moving, since an earlier click may still change the layout."""
        box = None
        while box != (box := self.place(name)):
            time.sleep(0.1)
        x, y, width, height = box
        return round(x + width / 2), round(y + height / 2)

    def click_on(self, name, times=1):
        self.click(*self.middle(name), times)

    def fill(self, name, text):
        """Types into a field and leaves it."""
        self.click_on(name)
        self.type(text)
        self.key("Return")

    def key(self, *keys):
        self.run("key", "--delay", 30, *keys)

    def keys_at_once(self, *keys):
        """Sends keys so fast that the window cannot draw between them. GLFW treats the same key twice in one
        millisecond as one press."""
        self.run("key", "--delay", 3, *keys)

    def type(self, text):
        self.run("type", "--delay", 30, text)

    def click(self, x, y, times=1):
        self.run("mousemove", "--window", self.id, x, y)
        time.sleep(0.08)
        self.run("click", "--repeat", times, "--delay", 60, 1)
        time.sleep(0.12)

    def drag(self, x, y, to_x, to_y, hold=None):
        """Presses the button, moves in a few strides, calls `hold` while it is down, and releases it."""
        self.run("mousemove", "--window", self.id, x, y)
        time.sleep(0.08)
        self.run("mousedown", 1)
        for n in range(1, 6):
            self.run("mousemove", "--window", self.id, round(x + (to_x - x) * n / 5), round(y + (to_y - y) * n / 5))
            time.sleep(0.04)
        if hold:
            hold()
        self.run("mouseup", 1)
        time.sleep(0.08)

    def picture(self, box=None):
        """The window's pixels as (width, height, bytes), or those of a box (x, y, width, height)."""
        crop = ["-crop", "{2}x{3}+{0}+{1}".format(*box), "+repage"] if box else []
        ppm = subprocess.run(["import", "-window", self.id, *crop, "-depth", "8", "ppm:-"], env=self.desktop.env,
                             capture_output=True, check=True).stdout
        magic, size, depth, pixels = ppm.split(b"\n", 3)
        assert magic == b"P6" and depth == b"255"
        width, height = map(int, size.split())
        return width, height, pixels

    def keep_picture(self, path):
        subprocess.run(["import", "-window", self.id, path], env=self.desktop.env, check=True)

    def saved(self, pattern):
        """Waits for a new file with this pattern in the window's folder and returns it."""
        new = self.wait_for(lambda: set(self.folder.glob(pattern)) - self.seen, f"a file {pattern} is saved")
        self.seen |= new
        return new.pop()

    def drop(self, path, x, y):
        """Drags a file from another program onto the window: the source side of XDND, version 5."""
        from Xlib import X, display as xdisplay
        from Xlib.protocol import event

        d = xdisplay.Display(self.desktop.display)
        atom = d.intern_atom
        root = d.screen().root
        source = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        target = d.create_resource_object("window", int(self.id))
        uris = ("file://" + str(path) + "\r\n").encode()
        source.set_selection_owner(atom("XdndSelection"), X.CurrentTime)

        def send(name, data):
            message = event.ClientMessage(window=target, client_type=atom(name), data=(32, data))
            target.send_event(message, event_mask=0)
            d.flush()

        place = root.translate_coords(target, 0, 0)
        where = ((x - place.x) << 16) | (y - place.y)
        send("XdndEnter", [source.id, 5 << 24, atom("text/uri-list"), 0, 0])
        send("XdndPosition", [source.id, 0, where, X.CurrentTime, atom("XdndActionCopy")])
        end, dropped = time.monotonic() + WAIT_S, False
        while time.monotonic() < end:
            if not d.pending_events():
                time.sleep(0.01)
                continue
            e = d.next_event()
            if e.type == X.ClientMessage and e.client_type == atom("XdndStatus") and not dropped:
                send("XdndDrop", [source.id, 0, X.CurrentTime, 0, 0])
                dropped = True
            elif e.type == X.SelectionRequest:
                e.requestor.change_property(e.property, e.target, 8, uris)
                e.requestor.send_event(event.SelectionNotify(time=e.time, requestor=e.requestor, selection=e.selection,
                                                             target=e.target, property=e.property))
                d.flush()
            elif e.type == X.ClientMessage and e.client_type == atom("XdndFinished"):
                d.close()
                return
        raise AssertionError("the window did not take the drop")


def differing(a, b):
    """The number of pixels that differ between two pictures."""
    assert a[:2] == b[:2]
    return sum(a[2][n:n + 3] != b[2][n:n + 3] for n in range(0, len(a[2]), 3)) if a[2] != b[2] else 0
