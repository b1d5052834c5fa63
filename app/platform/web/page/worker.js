// The program without a window: makes the files that exports.js asks for, and hands them over. The program's own names are
// global beside those here.
const folder = "/export";

function make_files(request) {
    FS.mkdir(folder);
    FS.chdir(folder);
    Module.ccall("convloom_export", null, ["string"], [request]);
}

self.onmessage = ({data: {request, program}}) => {
    self.Module = {
        noInitialRun: true,
        instantiateWasm(imports, receive) {
            WebAssembly.instantiate(program, imports).then((instance) => receive(instance, program)).catch(tell_fault);
            return {};
        },
        onRuntimeInitialized() {
            try {
                make_files(request);
            } catch (fault) {
                tell_fault(fault);
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
        onAbort(why) { tell_fault(new Error(`the program had to stop: ${why}`)); },
    };
    importScripts("convloom.js");
};

function tell_fault(fault) {
    self.postMessage({well: false, says: `The export failed: ${fault?.message ?? fault}.`});
}
