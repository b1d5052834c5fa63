// Run by web_modules_test.py, which lays the modules beside it.
import assert from "node:assert";
import {writeFileSync} from "node:fs";
import test from "node:test";

import {Address, kept_part} from "./address.js";
import {archive_name} from "./exports.js";
import {file_name, is_for_browser} from "./files.js";
import {is_ours, notches} from "./input.js";
import {asked, link_in} from "./words.mjs";
import {movie_in} from "./movie.js";
import {mp4} from "./mp4.js";
import {crc32, zipped} from "./zip.js";

const bytes = (text) => new TextEncoder().encode(text);

test("archives", () => {
    assert.equal(crc32(bytes("123456789")), 0xcbf43926);
    const files = [{name: "step_00.svg", bytes: bytes("<svg/>")},
                   {name: "步_01.svg", bytes: Uint8Array.from({length: 256 * 300}, (_, n) => n & 255)},
                   {name: "empty", bytes: new Uint8Array(0)}];
    const archive = zipped(files);
    assert.deepEqual(archive, zipped(files));
    writeFileSync("made.zip", archive);
    assert.throws(() => zipped(Array(70000).fill(files[2])), /65535/);
    assert.equal(archive_name("dilation_%03d.png"), "dilation.zip");
    assert.equal(archive_name("a.b-%d.svg"), "a.b.zip");
});

test("videos", () => {
    const list = {name: "movie.json", bytes: bytes('{"width": 8, "height": 6, "per_second": 24, "holds": [12, 3]}')};
    const pictures = [{name: "frame_000000.z", bytes: bytes("a")}, {name: "frame_000001.z", bytes: bytes("b")}];
    assert.deepEqual(movie_in([...pictures, list]), {width: 8, height: 6, per_second: 24, holds: [12, 3], pictures});
    assert.equal(movie_in(pictures), null);

    const samples = [0, 1, 2, 3].map((n) => ({bytes: Uint8Array.from([n, n, n]), key: n % 2 === 0}));
    const file = Buffer.from(mp4({width: 640, height: 360, per_second: 7, samples, description: Uint8Array.of(1, 2), color: {primaries: "bt709", transfer: "bt709", matrix: "bt709"}}));
    // Every box is as long as it says, and the data are where the index says.
    const names = [];
    const walk = (from, to) => {
        for (let at = from; at < to; at += file.readUInt32BE(at)) {
            const name = file.toString("latin1", at + 4, at + 8);
            names.push(name);
            assert.ok(file.readUInt32BE(at) >= 8 && at + file.readUInt32BE(at) <= to, name);
            if (["moov", "trak", "mdia", "minf", "dinf", "stbl"].includes(name)) walk(at + 8, at + file.readUInt32BE(at));
        }
    };
    walk(0, file.length);
    assert.equal(names.join(" "), "ftyp moov mvhd trak tkhd mdia mdhd hdlr minf vmhd dinf dref stbl stsd stts stss stsc stsz stco mdat");
    const data = file.readUInt32BE(file.indexOf("stco") + 12);
    assert.deepEqual([...file.subarray(data)], [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    assert.equal(file.toString("latin1", data - 4, data), "mdat");
    const times = file.indexOf("stts"), runs = file.readUInt32BE(times + 8);
    let sum = 0;
    for (let n = 0; n < runs; ++n) sum += file.readUInt32BE(times + 12 + 8 * n) * file.readUInt32BE(times + 16 + 8 * n);
    assert.equal(sum, Math.round(4 * 90000 / 7));
});

test("what the browser decodes", () => {
    for (const begin of ["\0\0\0\u0020ftypavif", "II*\0rest of it", "MM\0*rest of it", "<svg xmlns=''/>", "<?xml version='1.0'?>\n<!-- x -->\n<svg>"])
        assert.ok(is_for_browser(bytes(begin)), begin);
    for (const begin of ["\x89PNG\r\n\x1a\n", "GIF89a", "RIFF....WEBPVP8 ", "BM", "P6 1 1 255\n", "8BPS", "{\"layer\": {}}", "", "x"])
        assert.ok(!is_for_browser(Uint8Array.from(begin, (letter) => letter.charCodeAt(0))), begin);
    assert.equal(file_name("../../etc/pass\0wd"), ".._.._etc_pass_wd");
    assert.equal(file_name("holiday.tar.avif", true), "holiday.tar.png");
    assert.equal(file_name("holiday", true), "holiday.png");
    assert.equal(file_name(""), "file");
});

test("keys and wheels", () => {
    const key = (name, more = {}) => ({key: name, ctrlKey: false, altKey: false, metaKey: false, ...more});
    for (const ours of [key("ArrowRight"), key("F6"), key(" "), key("e", {ctrlKey: true}), key("S", {ctrlKey: true})]) assert.ok(is_ours(ours));
    // Reload, new tab, pasting, letters: theirs.
    for (const other of [key("F5"), key("F12"), key("t", {ctrlKey: true}), key("v", {ctrlKey: true}), key("r", {ctrlKey: true}), key("p"),
                         key("ArrowLeft", {altKey: true})])
        assert.ok(!is_ours(other), other.key);
    assert.deepEqual(notches({deltaX: 0, deltaY: 100, deltaMode: 0}), {x: 0, y: -1});
    assert.deepEqual(notches({deltaX: 0, deltaY: -3, deltaMode: 1}), {x: 0, y: 1});
    assert.deepEqual(notches({deltaX: 50, deltaY: 0, deltaMode: 0}), {x: -0.5, y: 0});
});

test("words of npx convloom", () => {
    const page = {serves: true, port: undefined, open: true, shown: undefined};
    assert.deepEqual(asked([]), page);
    assert.deepEqual(asked(["--no-open", "--port=8080"]), {...page, port: 8080, open: false});
    assert.deepEqual(asked(["--port", "81"]), {...page, port: 81});
    assert.deepEqual(asked(["--preset", "dilation", "--no-open"]), {...page, open: false, shown: ["--preset", "dilation"]});
    assert.deepEqual(asked(["--preset=dilation"]).shown, ["--preset", "dilation"]);
    assert.deepEqual(asked(["open", "#v1?preset=dilation&play=1"]).shown, ["--state", "#v1?preset=dilation&play=1"]);
    assert.deepEqual(asked(["open", "mine.convloom.json"]).shown, ["--state", "mine.convloom.json"]);
    assert.match(asked(["open", "photo.jpg"]).fault, /photo\.jpg/);
    assert.match(asked(["open"]).fault, /link/);
    assert.match(asked(["--preset"]).fault, /preset/);
    assert.match(asked(["--preset", "dilation", "open", "#v1"]).fault, /one more/);
    assert.equal(asked(["open", "--help"]).serves, false);
    assert.equal(asked(["export", "--preset", "dilation"]).serves, false);
    assert.equal(link_in("https://a.example/c/#v1?preset=dilation"), "v1?preset=dilation");
    assert.equal(link_in("v1?view=flat"), "v1?view=flat");
    assert.equal(link_in("v1.png"), null);
    assert.match(asked(["--port", "x"]).fault, /“x”/);
    assert.match(asked(["--port"]).fault, /--port/);
    assert.equal(asked(["list"]).serves, false);
    assert.equal(asked(["--version"]).serves, false);
});

test("what of a link is kept for the next visit", () => {
    assert.equal(kept_part("v1?preset=dilation&hide=gallery,top&view=flat&play=1&lock=1"), "v1?preset=dilation&view=flat");
    assert.equal(kept_part("v1?hide=all"), "v1");
    assert.equal(kept_part("v1?title=play%3D1"), "v1?title=play%3D1");
    assert.equal(kept_part(""), "");
});

test("the address", () => {
    const opened = [], written = [], stored = new Map();
    let due = null, listener = null, link = "v1?preset=dilation";
    const place = {
        location: {hash: "#v1?preset=padding", pathname: "/c/", search: ""},
        history: {replaceState(_, __, to) { written.push(to); place.location.hash = to.slice(to.indexOf("#")); }},
        setTimeout(call, ms) { assert.ok(ms >= 500); due = call; return 1; },
        clearTimeout() { due = null; },
        localStorage: {getItem: (name) => stored.get(name) ?? null, setItem(name, text) { stored.set(name, text); }, removeItem(name) { stored.delete(name); }},
        addEventListener(name, call) { assert.equal(name, "hashchange"); listener = call; },
    };
    const address = new Address({link: () => link, open: (text) => opened.push(text)}, place);
    address.open();
    assert.deepEqual(opened, ["#v1?preset=padding"]);
    // Many changes are one entry, replaced; what it wrote itself it does not open.
    for (let n = 0; n < 100; ++n) address.changed();
    due();
    assert.deepEqual(written, ["/c/#v1?preset=dilation"]);
    listener();
    assert.equal(opened.length, 1);
    address.changed();
    due();
    assert.equal(written.length, 1);
    place.location.hash = "#v1?preset=kind_1d";
    listener();
    assert.equal(opened[1], "#v1?preset=kind_1d");
    // A visit without "#" goes on with what was shown last; there nothing of an exercise in somebody's frame is kept.
    const again = (hash, more = {}) => {
        place.location.hash = hash;
        return new Address({link: () => link, open: (text) => opened.push(text)}, {...place, ...more});
    };
    assert.equal(again("").open(), true);
    assert.equal(opened.at(-1), "#v1?preset=dilation");
    assert.equal(again("#v1").open(), false);
    assert.equal(opened.at(-1), "#v1");
    link = "v1?preset=padding";
    const framed = again("#v1?preset=kind_1d", {top: {}, self: place});
    framed.changed();
    due();
    assert.equal(stored.size, 1);
    assert.ok([...stored.values()][0].includes("dilation"));
    again("").forget();
    assert.equal(stored.size, 0);
    const count = opened.length;
    assert.equal(again("").open(), false);
    assert.equal(opened.length, count);
    // Without storage, as in private windows of some browsers, everything else works.
    const barred = again("", {localStorage: null});
    assert.equal(barred.open(), false);
    barred.changed();
    due();
});
