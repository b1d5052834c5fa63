// Serves a folder of files on 127.0.0.1 and nothing else: what is not in the list that is made at the start is not there.
import {createReadStream, readdirSync, statSync} from "node:fs";
import {createServer} from "node:http";
import {extname, join} from "node:path";

const usual_port = 8747;  // the same address each time, so that the browser knows the page again

const types = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".png": "image/png",
    ".svg": "image/svg+xml",
};

function files_in(folder, before = "/") {
    const files = new Map();
    for (const entry of readdirSync(folder, {withFileTypes: true})) {
        const path = join(folder, entry.name);
        if (entry.isDirectory())
            for (const [name, file] of files_in(path, `${before}${entry.name}/`)) files.set(name, file);
        else if (entry.isFile())
            files.set(before + entry.name, path);
    }
    return files;
}

function answer(files, request, response) {
    const say = (status, text) => {
        response.writeHead(status, {"Content-Type": "text/plain; charset=utf-8", "Content-Length": Buffer.byteLength(text)});
        response.end(request.method === "HEAD" ? undefined : text);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return say(405, "Only GET and HEAD are answered.\n");
    let name;
    try {
        name = decodeURIComponent(request.url.split(/[?#]/, 1)[0]);
    } catch {
        return say(400, "The address is not well formed.\n");
    }
    const path = files.get(name === "/" ? "/index.html" : name);
    const facts = path && statSync(path, {throwIfNoEntry: false});
    if (!facts) return say(404, "There is no such file.\n");
    const tag = `"${facts.size.toString(16)}-${Math.floor(facts.mtimeMs).toString(16)}"`;
    const headers = {ETag: tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"};
    if (request.headers["if-none-match"] === tag) {
        response.writeHead(304, headers);
        return response.end();
    }
    headers["Content-Type"] = types[extname(path)] ?? "application/octet-stream";
    headers["Content-Length"] = facts.size;
    response.writeHead(200, headers);
    if (request.method === "HEAD") return response.end();
    createReadStream(path).on("error", () => response.destroy()).pipe(response);
}

function listening(server, port) {
    return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
            server.removeListener("error", reject);
            resolve(server);
        });
    });
}

// On the port that is named, or else on the usual one, or any that is free.
export async function served(folder, port) {
    const files = files_in(folder);
    const made = () => createServer((request, response) => answer(files, request, response));
    if (port !== undefined) return listening(made(), port);
    return listening(made(), usual_port).catch(() => listening(made(), 0));
}
