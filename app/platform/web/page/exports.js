// Exports beside the page: a Worker (worker.js) runs the same program without a window and hands its files back. Ending the
// Worker is how an export is cancelled.
import {movie_in, movie_of} from "./movie.js";
import {zipped} from "./zip.js";

let worker = null;

const call = (name, types, values) => globalThis.Module.ccall(name, null, types, values);

function ended(well, says, last, frames, bytes) {
    worker?.terminate();
    worker = null;
    call("convloom_export_ended", ["number", "string", "string", "number", "number"], [well ? 1 : 0, says, last, frames, bytes]);
}

function hand_out(name, bytes) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Several files go into one archive with their name but no number: dilation_%03d.png gives dilation.zip.
export function archive_name(name) {
    return name.replace(/\.[^.]*$/, "").replace(/[-_. ]*%0?\d*d/, "").trim() + ".zip";
}

async function make_movie(name, movie, frames) {
    const mine = worker;
    try {
        const bytes = await movie_of(movie, () => worker === mine);
        if (worker !== mine) return;
        hand_out(name, bytes);
        ended(true, name, name, frames, bytes.length);
    } catch (fault) {
        if (worker === mine) ended(false, fault.message, "", 0, 0);
    }
}

export function begin_export(request, name) {
    worker = new Worker(new URL("worker.js", import.meta.url));
    worker.onerror = (fault) => ended(false, fault.message || "The export could not be started.", "", 0, 0);
    worker.onmessage = ({data}) => {
        if (data.told)
            return call("convloom_export_told", ["number", "number", "number", "number"], data.told);
        if (!data.well) return ended(false, data.says, "", 0, 0);
        const files = data.files;
        const movie = movie_in(files);
        if (movie) return make_movie(name, movie, data.frames);
        if (files.length === 1) {
            hand_out(files[0].name, files[0].bytes);
            return ended(true, files[0].name, files[0].name, data.frames, files[0].bytes.length);
        }
        const archive = archive_name(name);
        let bytes;
        try {
            bytes = zipped(files);
        } catch (fault) {
            return ended(false, fault.message, "", 0, 0);
        }
        hand_out(archive, bytes);
        ended(true, archive, archive, data.frames, bytes.length);
    };
    worker.postMessage({request, program: globalThis.Module.compiled});
}

export function end_export() {
    worker?.terminate();
    worker = null;
}
