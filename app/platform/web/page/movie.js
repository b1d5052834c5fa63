// A movie's pictures -> an MP4, by the browser's own H.264 encoder (WebCodecs), as the program for the desktop does it by
// ffmpeg. The Worker leaves them as files (app/platform/web/files/movie.cpp).
import {mp4} from "./mp4.js";

const codecs = ["avc1.640034", "avc1.4d0034", "avc1.420034"];  // the high, the main and the baseline profile, at level 5.2
const least_rate = 4e6, most_rate = 40e6;                       // bits per second
const key_every_s = 5, most_waiting = 4;

const even = (side) => side + side % 2;  // H.264 stores colours at half resolution

async function picture({bytes}, {width, height}) {
    const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new ImageData(new Uint8ClampedArray(await new Response(whole).arrayBuffer()), width, height);
}

// Null if there is no movie among an export's files; otherwise its sides, its rate, its pictures and for how many frames
// each is shown.
export function movie_in(files) {
    const list = files.find(({name}) => name === "movie.json");
    if (!list) return null;
    return {...JSON.parse(new TextDecoder().decode(list.bytes)), pictures: files.filter((file) => file !== list)};
}

async function settings_for(width, height, per_second) {
    const bitrate = Math.min(Math.max(width * height * per_second, least_rate), most_rate);
    for (const codec of codecs) {
        const settings = {codec, width, height, bitrate, framerate: per_second, avc: {format: "avc"}};
        if ((await VideoEncoder.isConfigSupported(settings).catch(() => null))?.supported) return settings;
    }
    throw new Error(`This browser does not encode H.264 of ${width}×${height} pixels; GIF, APNG and WebP need no encoder of its own.`);
}

// Null if goes_on() says so before the end.
export async function movie_of(asked, goes_on) {
    const {per_second, holds, pictures} = asked;
    const canvas = new OffscreenCanvas(even(asked.width), even(asked.height));
    const brush = canvas.getContext("2d", {alpha: false});
    const movie = {width: canvas.width, height: canvas.height, per_second, samples: []};
    let fault = null;
    const encoder = new VideoEncoder({
        output(chunk, facts) {
            const bytes = new Uint8Array(chunk.byteLength);
            chunk.copyTo(bytes);
            movie.samples.push({bytes, key: chunk.type === "key"});
            if (facts?.decoderConfig?.description) {
                movie.description = new Uint8Array(facts.decoderConfig.description);
                movie.color = facts.decoderConfig.colorSpace;
            }
        },
        error(why) { fault = why; },
    });
    try {
        encoder.configure(await settings_for(canvas.width, canvas.height, per_second));
        let key_due_s = 0;
        for (let n = 0, shown = 0, left = 0; shown < pictures.length || left > 0; ++n, --left) {
            while (encoder.encodeQueueSize > most_waiting && !fault) await new Promise((resolve) => setTimeout(resolve, 5));
            if (fault) throw fault;
            if (!goes_on()) return null;
            if (left === 0) {
                left = holds[shown];
                brush.putImageData(await picture(pictures[shown++], asked), 0, 0);
            }
            const frame = new VideoFrame(canvas, {timestamp: Math.round(n * 1e6 / per_second), duration: Math.round(1e6 / per_second)});
            const keyFrame = n / per_second >= key_due_s;
            if (keyFrame) key_due_s += key_every_s;
            encoder.encode(frame, {keyFrame});
            frame.close();
        }
        await encoder.flush();
        if (fault) throw fault;
    } finally {
        if (encoder.state !== "closed") encoder.close();
    }
    return mp4(movie);
}
