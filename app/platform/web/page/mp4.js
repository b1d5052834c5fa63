// Encoded H.264 pictures -> one .mp4 (ISO/IEC 14496-12 and -15): a single track whose index comes before its data.
const per_s = 90_000;  // the unit of times

const u16 = (...values) => values.flatMap((value) => [value >>> 8 & 255, value & 255]);
const u32 = (...values) => values.flatMap((value) => [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255]);
const letters = (text) => [...text].map((letter) => letter.charCodeAt(0));
const zeros = (count) => new Array(count).fill(0);
const identity = [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)];

function joined(parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

const box = (type, ...parts) => joined([u32(8 + parts.reduce((sum, part) => sum + part.length, 0)), letters(type), ...parts]);
const full = (type, version_and_flags, ...parts) => box(type, u32(version_and_flags), ...parts);

// As pairs of a count and a duration, so that no frame is more than half a unit off.
function durations(count, per_second) {
    const runs = [];
    const start = (n) => Math.round(n * per_s / per_second);
    for (let n = 0; n < count; ++n) {
        const duration = start(n + 1) - start(n);
        if (runs.at(-1)?.[1] === duration) ++runs.at(-1)[0];
        else runs.push([1, duration]);
    }
    return {runs, whole: start(count)};
}

// The numbers of ITU-T H.273 for the names of WebCodecs.
const primaries = {bt709: 1, bt470bg: 5, smpte170m: 6}, transfers = {bt709: 1, smpte170m: 6, "iec61966-2-1": 13}, matrices = {bt709: 1, bt470bg: 5, smpte170m: 6};
function color_box(color) {
    const known = [primaries[color?.primaries], transfers[color?.transfer], matrices[color?.matrix]];
    return known.every(Boolean) ? box("colr", letters("nclx"), u16(...known), [color.fullRange ? 128 : 0]) : [];
}

// `samples` are {bytes, key} in the order in which they are shown; `description` is the decoder's configuration (avcC).
export function mp4({width, height, per_second, samples, description, color}) {
    const {runs, whole} = durations(samples.length, per_second);
    const keys = samples.flatMap(({key}, n) => key ? [n + 1] : []);
    const entry = box("avc1", zeros(6), u16(1), zeros(16), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), zeros(32), u16(24, 0xffff),
                      box("avcC", description), color_box(color));
    const head = (data_at) => {
        const table = box("stbl", full("stsd", 0, u32(1), entry), full("stts", 0, u32(runs.length), u32(...runs.flat())),
                          full("stss", 0, u32(keys.length), u32(...keys)), full("stsc", 0, u32(1, 1, samples.length, 1)),
                          full("stsz", 0, u32(0, samples.length), u32(...samples.map(({bytes}) => bytes.length))), full("stco", 0, u32(1, data_at)));
        const media = box("minf", full("vmhd", 1, zeros(8)), box("dinf", full("dref", 0, u32(1), full("url ", 1))), table);
        const track = box("trak", full("tkhd", 3, u32(0, 0, 1, 0, whole), zeros(8), u16(0, 0, 0, 0), identity, u32(width * 0x10000, height * 0x10000)),
                          box("mdia", full("mdhd", 0, u32(0, 0, per_s, whole), u16(0x55c4, 0)),
                              full("hdlr", 0, u32(0), letters("vide"), zeros(12), letters("Video\0")), media));
        return joined([box("ftyp", letters("isom"), u32(0x200), letters("isomiso2avc1mp41")),
                       box("moov", full("mvhd", 0, u32(0, 0, per_s, whole, 0x10000), u16(0x100), zeros(10), identity, zeros(24), u32(2)), track)]);
    };
    const before = head(0).length;
    return joined([head(before + 8), box("mdat", ...samples.map(({bytes}) => bytes))]);
}
