"use strict";
// The program without a window: makes the files that exports.js asks for, and hands them over.
const folder = "/export";

function run(request) {
    FS.mkdir(folder);
    FS.chdir(folder);
    Module.ccall("convloom_export", null, ["string"], [request]);
}

self.onmessage = ({data: {request, program}}) => {
    self.Module = {
        noInitialRun: true,
        instantiateWasm(imports, receive) {
            WebAssembly.instantiate(program, imports).then((instance) => receive(instance, program), fail);
            return {};
        },
        onRuntimeInitialized() {
            try {
                run(request);
            } catch (fault) {
                fail(fault);
            }
        },
        told(...numbers) { self.postMessage({told: numbers}); },
        ended(well, says, last, frames) {
            if (!well) return self.postMessage({well: false, says});
            const names = FS.readdir(folder).filter((name) => name !== "." && name !== "..").sort();
            const files = names.map((name) => ({name, bytes: FS.readFile(`${folder}/${name}`)}));
            self.postMessage({well: true, files, frames}, files.map(({bytes}) => bytes.buffer));
        },
        printErr(line) { console.error(line); },
        onAbort(why) { fail(new Error(`the program had to stop: ${why}`)); },
    };
    importScripts("convloom.js");
};

function fail(fault) {
    self.postMessage({well: false, says: `The export failed: ${fault.message ?? fault}.`});
}
