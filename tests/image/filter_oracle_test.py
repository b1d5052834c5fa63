"""convloom filter against SciPy and OpenCV: every filter at every padding mode, as float and as 8 bits.

The kernels are computed here anew, from the formulas, so that they are tested too.
"""
import os
import subprocess

import cv2
import numpy as np
from scipy import ndimage, signal

CONVLOOM = os.environ["CONVLOOM"]
SCIPY = {"zeros": "constant", "reflect": "mirror", "replicate": "nearest", "circular": "wrap", "symmetric": "reflect"}
BORDER = {"zeros": cv2.BORDER_CONSTANT, "reflect": cv2.BORDER_REFLECT_101, "replicate": cv2.BORDER_REPLICATE, "circular": cv2.BORDER_WRAP,
          "symmetric": cv2.BORDER_REFLECT}


def run(source, *words, to="out.npy"):
    subprocess.run([CONVLOOM, "filter", source, *words, "-o", to], check=True)
    return np.load(to) if to.endswith(".npy") else cv2.imread(to, cv2.IMREAD_UNCHANGED)[..., ::-1]


def gauss(size, sigma):
    x = np.arange(size) - size // 2
    row = np.exp(-x * x / (2 * sigma * sigma))
    kernel = np.outer(row, row)
    return kernel / kernel.sum()


def size_for(sigma):
    return 2 * int(np.ceil(3 * sigma)) + 1


def delta(size):
    kernel = np.zeros((size, size))
    kernel[size // 2, size // 2] = 1
    return kernel


def log(sigma):
    size = size_for(sigma)
    y, x = np.mgrid[:size, :size] - size // 2
    kernel = (x * x + y * y - 2 * sigma**2) / sigma**4 * gauss(size, sigma)
    return kernel - kernel.mean()


def gabor(size, sigma, angle, wavelength, gamma, phase):
    """OpenCV's Gabor kernel (clockwise angle) minus its Gaussian scaled so that the sum is 0, over the sum of its positive weights."""
    theirs = lambda wave, phase: cv2.getGaborKernel((size, size), sigma, np.deg2rad(-angle), wave, gamma, np.deg2rad(phase), cv2.CV_64F)
    kernel, bell = theirs(wavelength, phase), theirs(1e12, 0)
    kernel = kernel - bell * kernel.sum() / bell.sum()
    return kernel / np.maximum(kernel, 0).sum()


def disk(radius):
    """MATLAB's fspecial('disk'): the area of each pixel inside the circle, by many thin strips of its width."""
    half = int(np.ceil(radius))
    strips = (np.arange(20000) + 0.5) / 20000 - 0.5
    kernel = np.zeros((2 * half + 1, 2 * half + 1))
    for column in range(-half, half + 1):
        x = column + strips
        arc = np.sqrt(np.maximum(radius**2 - x * x, 0))
        for row in range(-half, half + 1):
            inside = np.clip(np.minimum(row + 0.5, arc) - np.maximum(row - 0.5, -arc), 0, None)
            kernel[row + half, column + half] = inside.mean()
    return kernel / kernel.sum()


def scipy_gauss(sigma, order=0):
    """The kernel of scipy.ndimage.gaussian_filter1d, with its own radius, as its response to a single one."""
    side = 2 * int(4 * sigma + 0.5) + 1
    row = np.zeros(side)
    row[side // 2] = 1
    kernel = ndimage.gaussian_filter1d(row, sigma, order=order, mode="constant")
    return kernel[::-1]


def opencv_gauss(sigma):
    """cv2.getGaussianKernel with the side that GaussianBlur takes for 8 bits."""
    side = int(np.rint(sigma * 6 + 1)) | 1
    row = cv2.getGaussianKernel(side, sigma, cv2.CV_64F)
    return row @ row.T


def savgol(size, order, derivative=0):
    coefficients = lambda d: signal.savgol_coeffs(size, order, deriv=d, use="dot")
    return np.outer(coefficients(0), coefficients(derivative))


def energy(size, sigma, angle, wavelength, gamma=0.5):
    return [gabor(size, sigma, angle, wavelength, gamma, phase) for phase in (0, 90)]


def laws(down, across):
    vectors = {"L": [1, 4, 6, 4, 1], "E": [-1, -2, 0, 2, 1], "S": [-1, 0, 2, 0, -1], "W": [-1, 2, 0, -2, 1], "R": [1, -4, 6, -4, 1]}
    kernel = np.outer(vectors[down], vectors[across]).astype(float)
    return kernel / np.abs(kernel).sum()


half_root = 1 / (2 * np.sqrt(2))
root = np.sqrt(2)
FREI_CHEN = [half_root * np.array([[1, root, 1], [0, 0, 0], [-1, -root, -1]]), half_root * np.array([[1, 0, -1], [root, 0, -root], [1, 0, -1]]),
             half_root * np.array([[0, -1, root], [1, 0, -1], [-root, 1, 0]]), half_root * np.array([[root, -1, 0], [-1, 0, 1], [0, 1, -root]]),
             np.array([[0, 1, 0], [-1, 0, -1], [0, 1, 0]]) / 2, np.array([[-1, 0, 1], [0, 0, 0], [1, 0, -1]]) / 2,
             np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]]) / 6, np.array([[-2, 1, -2], [1, 4, 1], [-2, 1, -2]]) / 6, np.full((3, 3), 1 / 3)]
# A basis: each mask has length 1 and is at a right angle to the others.
assert np.allclose([[np.sum(a * b) for b in FREI_CHEN] for a in FREI_CHEN], np.eye(9))

smooth, slope = np.array([1, 2, 1.0]), np.array([-1, 0, 1.0])
flat, scharr = np.array([1, 1, 1.0]), np.array([3, 10, 3.0])
KERNELS = {
    "identity": [delta(1)],
    "box": [np.full((3, 3), 1 / 9)],
    "box:size=4": [np.full((4, 4), 1 / 16)],
    "box:size=31": [np.full((31, 31), 1 / 961)],
    "gaussian": [gauss(7, 1)],
    "gaussian:sigma=2.5,size=9": [gauss(9, 2.5)],
    "gaussian:sigma=5": [gauss(31, 5)],
    "binomial": [np.outer(smooth, smooth) / 16],
    "sharpen": [np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0.0]])],
    "unsharp:sigma=1.5,amount=0.7": [1.7 * delta(11) - 0.7 * gauss(11, 1.5)],
    "sobel-x": [np.outer(smooth, slope)],
    "sobel-y": [np.outer(slope, smooth)],
    "sobel": [np.outer(smooth, slope), np.outer(slope, smooth)],
    "prewitt-x": [np.outer(flat, slope)],
    "prewitt-y": [np.outer(slope, flat)],
    "prewitt": [np.outer(flat, slope), np.outer(slope, flat)],
    "scharr-x": [np.outer(scharr, slope)],
    "scharr-y": [np.outer(slope, scharr)],
    "scharr": [np.outer(scharr, slope), np.outer(slope, scharr)],
    "roberts-x": [np.array([[1, 0], [0, -1.0]])],
    "roberts-y": [np.array([[0, 1], [-1, 0.0]])],
    "roberts": [np.array([[1, 0], [0, -1.0]]), np.array([[0, 1], [-1, 0.0]])],
    "laplacian": [np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0.0]])],
    "laplacian-8": [1 - 9 * delta(3)],
    "log": [log(1.4)],
    "emboss": [np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2.0]])],
    "outline": [9 * delta(3) - 1],
    "motion-blur": [np.outer(delta(9)[4], np.full(9, 1 / 9))],
    "motion-blur:length=5,angle=90": [np.outer(np.full(5, 1 / 5), delta(5)[2])],
    "gabor:wavelength=7,angle=30,sigma=2,gamma=0.8,phase=20,size=13": [gabor(13, 2, 30, 7, 0.8, 20)],
    "gabor:phase=0,angle=-70": [gabor(37, 3, -70, 8, 0.5, 0)],
    "gabor": [gabor(37, 3, 0, 8, 0.5, 90)],
    "gaussian:sigma=12": [gauss(73, 12)],
    "gaussian:sigma=50,size=401": [gauss(401, 50)],
    "unsharp:sigma=9,amount=2": [3 * delta(55) - 2 * gauss(55, 9)],
    "log:sigma=6": [log(6)],
    "dog:sigma=6,ratio=3": [gauss(109, 6) - gauss(109, 18)],
    "dog": [gauss(size_for(1.6), 1) - gauss(size_for(1.6), 1.6)],
}
# At two padding modes only, since how a mode fills the border does not depend on the filter.
MORE = {
    "gaussian:sigma=1.4,like=scipy": [np.outer(scipy_gauss(1.4), scipy_gauss(1.4))],
    "gaussian:sigma=1.4,like=opencv": [opencv_gauss(1.4)],
    "gaussian:sigma=2.2,like=2": [opencv_gauss(2.2)],
    "sobel-x:scale=1/8": [np.outer(smooth, slope) / 8],
    "sobel:scale=1/4": [np.outer(smooth, slope) / 4, np.outer(slope, smooth) / 4],
    "prewitt-y:scale=1/3": [np.outer(slope, flat) / 3],
    "scharr:scale=1/16": [np.outer(scharr, slope) / 16, np.outer(slope, scharr) / 16],
    "disk": [disk(5)],
    "disk:radius=0.5": [disk(0.5)],
    "disk:radius=2.3": [disk(2.3)],
    "high-pass": [delta(19) - gauss(19, 3)],
    "gaussian-derivative:sigma=1.5,like=scipy": [np.outer(scipy_gauss(1.5), scipy_gauss(1.5, 1))],
    "gaussian-derivative:sigma=1.5,like=scipy,angle=-90": [np.outer(scipy_gauss(1.5, 1), scipy_gauss(1.5))],
    "gaussian-gradient:sigma=1.2,like=scipy": [np.outer(scipy_gauss(1.2), scipy_gauss(1.2, 1)), np.outer(scipy_gauss(1.2, 1), scipy_gauss(1.2))],
    "kirsch": [np.array([[5, 5, 5], [-3, 0, -3], [-3, -3, -3.0]])],
    "kirsch:direction=se": [np.array([[-3, -3, -3], [-3, 0, 5], [-3, 5, 5.0]])],
    "robinson:direction=2": [np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1.0]])],
    "robinson:direction=nw": [np.array([[2, 1, 0], [1, 0, -1], [0, -1, -2.0]])],
    "frei-chen": FREI_CHEN[:2],
    **{f"frei-chen-mask:mask={n + 1}": [mask] for n, mask in enumerate(FREI_CHEN)},
    "laws": [laws("L", "E")],
    "laws:down=r5,across=s5": [laws("R", "S")],
    "laws:down=3,across=0": [laws("W", "L")],
    "gabor-energy:angle=30,size=21": energy(21, 3, 30, 8),
    "gabor-bank:member=11": energy(size_for(2 * 0.56 * 8), 0.56 * 8, 180 * 3 / 8, 8),
    "savitzky-golay:size=7,order=3": [savgol(7, 3)],
    "savitzky-golay:size=31,order=8": [savgol(31, 8)],
    "savitzky-golay-slope": [savgol(5, 2, 1)],
    "savitzky-golay-slope:size=9,order=4,derivative=2": [savgol(9, 4, 2)],
}


def correlated(picture, kernel, mode, stride=1, dilation=1):
    if dilation > 1:
        spread = np.zeros([dilation * (side - 1) + 1 for side in kernel.shape])
        spread[::dilation, ::dilation] = kernel
        assert all(side % 2 for side in kernel.shape), "an even kernel's middle would move"
        kernel = spread
    channels = [ndimage.correlate(picture[..., c], kernel, mode=SCIPY[mode]) for c in range(picture.shape[2])]
    return np.stack(channels, axis=-1)[::stride, ::stride]


def by_opencv(picture, kernel, mode):
    """The same by OpenCV. The border is added first, because filter2D does not support wrapping."""
    high, wide = kernel.shape
    padded = cv2.copyMakeBorder(picture, 2 * high, 2 * high, 2 * wide, 2 * wide, BORDER[mode])
    return cv2.filter2D(padded, -1, kernel)[2 * high:-2 * high, 2 * wide:-2 * wide]


def wanted(picture, kernels, filtered):
    results = [filtered(picture, kernel) for kernel in kernels]
    return results[0] if len(results) == 1 else np.hypot(*results)


def near(got, expected, size, what):
    assert got.shape == expected.shape, (what, got.shape, expected.shape)
    apart = np.abs(got - expected).max()
    assert apart <= 1e-5 * size, (what, apart, size)


def within_a_level(got, expected, what):
    apart = np.abs(got.astype(int) - np.clip(np.rint(expected), 0, 255).astype(int)).max()
    assert apart <= 1, (what, apart)


random = np.random.default_rng(1)
photo = (random.integers(0, 256, (37, 53, 3)) * 0.5 + np.linspace(0, 127, 53)[None, :, None]).astype(np.uint8)
cv2.imwrite("photo.png", photo[..., ::-1])
exact = photo / 255.0

for name, kernels in (KERNELS | MORE).items():
    size = max(np.abs(kernel).sum() for kernel in kernels)   # the largest possible result
    wide = max(kernel.shape[0] for kernel in kernels) > min(photo.shape[:2])   # compared with SciPy only, because it is slow
    for mode in ["reflect"] if wide else SCIPY if name in KERNELS else ["reflect", "symmetric"]:
        got = run("photo.png", "--filter", name, "--padding-mode", mode)
        expected = wanted(exact, kernels, lambda p, k: correlated(p, k, mode))
        near(got, expected, size, (name, mode, "scipy"))
        if not wide:
            near(got, wanted(exact, kernels, lambda p, k: by_opencv(p, k, mode)), size, (name, mode, "opencv"))
    got = run("photo.png", "--filter", name, "--shown-as", "clamped", to="out.png")
    within_a_level(got, 255 * expected if wide else wanted(photo.astype(float), kernels, lambda p, k: correlated(p, k, "reflect")), (name, "8 bits, scipy"))
    if len(kernels) == 1 and not wide:
        within_a_level(got, by_opencv(photo, kernels[0], "reflect"), (name, "8 bits, opencv"))

# OpenCV's own filters with these names.
for name, theirs in {
    "sobel-x": cv2.Sobel(exact, cv2.CV_64F, 1, 0), "sobel-y": cv2.Sobel(exact, cv2.CV_64F, 0, 1),
    "scharr-x": cv2.Scharr(exact, cv2.CV_64F, 1, 0), "scharr-y": cv2.Scharr(exact, cv2.CV_64F, 0, 1),
    "laplacian": cv2.Laplacian(exact, cv2.CV_64F), "box:size=5": cv2.blur(exact, (5, 5)), "gaussian:sigma=2,size=11": cv2.GaussianBlur(exact, (11, 11), 2),
}.items():
    near(run("photo.png", "--filter", name), theirs, 32, (name, "opencv's own"))
prewitt = np.stack([ndimage.prewitt(exact[..., c], axis=1, mode="mirror") for c in range(3)], axis=-1)
near(run("photo.png", "--filter", "prewitt-x"), prewitt, 6, "scipy's prewitt")

# By default files show what the window shows: both sides of an edge are visible.
for name, shown in {"sobel-x": np.abs, "laplacian": np.abs, "log": lambda v: 127.5 + v / 2, "gabor": lambda v: 127.5 + v / 2, "gaussian": lambda v: v}.items():
    within_a_level(run("photo.png", "--filter", name, to="out.png"), shown(correlated(photo.astype(float), KERNELS[name][0], "reflect")), (name, "as shown"))
within_a_level(run("photo.png", "--kernel", "-1 0 1", to="out.png"), np.abs(correlated(photo.astype(float), np.array([[-1, 0, 1.0]]), "reflect")), "own, as shown")
within_a_level(run("photo.png", "--filter", "sobel-x", "--filter", "gaussian", to="out.png"), np.abs(correlated(correlated(photo.astype(float), KERNELS["sobel-x"][0], "reflect"), gauss(7, 1), "reflect")), "a blurred slope")

# A single bright pixel becomes a Gaussian with the requested sigma.
spot = np.zeros((301, 301, 3), np.uint16)
spot[150, 150] = 65535
cv2.imwrite("spot.png", spot)
for sigma in (6, 7, 8, 9, 10, 20, 40):
    bell = run("spot.png", "--filter", f"gaussian:sigma={sigma},size={2 * min(4 * sigma, 150) + 1}")[..., 0]
    x = np.arange(301) - 150
    assert abs(np.sqrt((bell * x * x).sum() / bell.sum()) / sigma - 1) < 0.003 + (sigma > 30) * 0.02, sigma

# Origins in kernels of all shapes, in SciPy's terms: the offset of the cell from (rows // 2, columns // 2).
def by_scipy(function, kernel, mode, shift):
    return np.stack([function(exact[..., c], kernel, mode=SCIPY[mode], origin=shift) for c in range(3)], -1)


for shape in ((1, 2), (4, 1), (2, 2), (2, 3), (3, 2), (1, 5), (4, 4), (3, 3), (6, 3)):
    kernel = random.normal(size=shape)
    words = "; ".join(" ".join(f"{w:.17g}" for w in row) for row in kernel)
    even = [-1 if side % 2 == 0 else 0 for side in shape]
    for mode in ("reflect", "zeros"):
        kept = ("--kernel", words, "--padding-mode", mode)
        near(run("photo.png", *kept), by_scipy(ndimage.correlate, kernel, mode, 0), np.abs(kernel).sum(), (shape, "origin"))
        turned = by_scipy(ndimage.correlate, kernel[::-1, ::-1], mode, 0)
        near(run("photo.png", *kept, "--flip"), turned, np.abs(kernel).sum(), (shape, "origin, flipped"))
        near(by_scipy(ndimage.convolve, kernel, mode, even), turned, np.abs(kernel).sum(), "what the documents say of SciPy")
        near(run("photo.png", *kept, "--flip", "--origin", f"{shape[0] // 2},{shape[1] // 2}"), by_scipy(ndimage.convolve, kernel, mode, 0), np.abs(kernel).sum(), (shape, "as SciPy convolves"))
    for at in ((0, 0), (shape[0] - 1, shape[1] - 1), (0, shape[1] - 1)):
        shift = [a - side // 2 for a, side in zip(at, shape)]
        got = run("photo.png", "--kernel", words, "--origin", f"{at[0]},{at[1]}")
        near(got, by_scipy(ndimage.correlate, kernel, "reflect", shift), np.abs(kernel).sum(), (shape, at))
near(run("photo.png", "--filter", "box:size=4", "--origin", "0,3"), by_scipy(ndimage.correlate, np.full((4, 4), 1 / 16), "reflect", [-2, 1]), 1, "a named filter's origin")

# Options.
kernel = random.normal(size=(5, 5))
words = "; ".join(" ".join(f"{w:.17g}" for w in row) for row in kernel)
for mode in SCIPY:
    for stride, dilation in ((2, 1), (3, 2), (1, 4)):
        got = run("photo.png", "--kernel", words, "--padding-mode", mode, "--stride", str(stride), "--dilation", str(dilation))
        near(got, correlated(exact, kernel, mode, stride, dilation), np.abs(kernel).sum(), (mode, stride, dilation))
got = run("photo.png", "--kernel", words, "--gain", "2", "--offset", "-0.5", "--absolute")
near(got, np.abs(2 * correlated(exact, kernel, "reflect") - 0.5), np.abs(kernel).sum() * 2, "gain, offset, absolute")
got = run("photo.png", "--kernel", words, "--flip")
near(got, np.stack([ndimage.convolve(exact[..., c], kernel, mode="mirror") for c in range(3)], -1), np.abs(kernel).sum(), "flip")
got = run("photo.png", "--kernel", "1 2 3; 4 5 6; 7 8 9", "--normalise")
near(got, correlated(exact, np.arange(1, 10).reshape(3, 3) / 45, "reflect"), 1, "normalise")
grey = exact @ [0.2126, 0.7152, 0.0722]
near(run("photo.png", "--filter", "sobel-y", "--luminance"), correlated(grey[..., None], KERNELS["sobel-y"][0], "reflect"), 8, "luminance")
to_light = lambda v: np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
to_stored = lambda v: np.where(v <= 0.0031308, v * 12.92, 1.055 * np.maximum(v, 0) ** (1 / 2.4) - 0.055)
near(run("photo.png", "--filter", "gaussian:sigma=2", "--linear-light"), to_stored(correlated(to_light(exact), gauss(13, 2), "reflect")), 1, "linear light")
per_channel = run("photo.png", "--kernel", "1 2 1 | 0 1 0; 1 1 1; 0 1 0 | 5 / 5")
for c, k in enumerate([np.array([[0, 0, 0], [1, 2, 1], [0, 0, 0.0]]), np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0.0]]), np.ones((1, 1))]):
    near(per_channel[..., c:c + 1], correlated(exact[..., c:c + 1], k, "reflect"), 5, ("per channel", c))

# A stack in order; values are not clamped in between.
got = run("photo.png", "--filter", "laplacian", "--kernel", words, "--filter", "gaussian")
near(got, correlated(correlated(correlated(exact, KERNELS["laplacian"][0], "reflect"), kernel, "reflect"), gauss(7, 1), "reflect"), np.abs(kernel).sum() * 8, "stack")
high, wide = (side // 3 * 3 for side in exact.shape[:2])
blocks = exact[:high, :wide].reshape(high // 3, 3, wide // 3, 3, 3)
near(run("photo.png", "--filter", "average-pooling:size=3"), blocks.mean((1, 3)), 1, "average pooling")
near(run("photo.png", "--filter", "max-pooling:size=3"), blocks.max((1, 3)), 1, "max pooling")

# 16 bits in, 16 bits out, no value lost; alpha is kept.
deep = random.integers(0, 65536, (19, 23, 4)).astype(np.uint16)
cv2.imwrite("deep.png", deep)
subprocess.run([CONVLOOM, "filter", "deep.png", "--filter", "identity", "-o", "same.png"], check=True)
assert (cv2.imread("same.png", cv2.IMREAD_UNCHANGED) == deep).all(), "16 bits"
subprocess.run([CONVLOOM, "filter", "deep.png", "--filter", "sharpen", "-o", "sharp.png"], check=True)
sharp = cv2.imread("sharp.png", cv2.IMREAD_UNCHANGED)
weights, colours = deep[..., 3:].astype(float), deep[..., :3].astype(float)
alpha = correlated(weights, KERNELS["sharpen"][0], "reflect")
assert np.abs(sharp[..., 3:].astype(int) - np.clip(alpha, 0, 65535)).max() <= 1, "alpha"
expected = np.clip(np.where(alpha > 0, correlated(weights * colours, KERNELS["sharpen"][0], "reflect") / np.where(alpha > 0, alpha, 1), colours), 0, 65535)
assert (np.abs(sharp[..., :3].astype(int) - expected)[(np.abs(alpha) > 700)[..., 0]]).max() <= 2
subprocess.run([CONVLOOM, "filter", "deep.png", "--filter", "sharpen", "--straight-alpha", "-o", "straight.png"], check=True)
straight = cv2.imread("straight.png", cv2.IMREAD_UNCHANGED)
assert (straight[..., 3] == deep[..., 3]).all(), "straight alpha"
expected = np.clip(correlated(colours, KERNELS["sharpen"][0], "reflect"), 0, 65535)
assert np.abs(straight[..., :3].astype(int) - expected).max() <= 1

# HDR is linear light: kept as it is as numbers, converted with sRGB's curve in a PNG.
light = random.random((11, 13, 3)).astype(np.float32) * 4
cv2.imwrite("light.hdr", light)
light = cv2.imread("light.hdr", cv2.IMREAD_UNCHANGED)[..., ::-1]
near(run("light.hdr", "--filter", "identity"), light, 4, "hdr")
within_a_level(run("light.hdr", "--filter", "identity", "--bits", "8", to="light.png"), 255 * to_stored(np.clip(light, 0, 1)), "hdr to png")

# JPEG and WebP are read back approximately; files by name, by folder and by pipe.
smooth_photo = cv2.GaussianBlur(cv2.resize(photo, (160, 120)), (9, 9), 3)
cv2.imwrite("smooth.png", smooth_photo[..., ::-1])
for name in ("smooth.jpg", "smooth.webp"):
    assert np.abs(run("smooth.png", "--filter", "identity", to=name).astype(int) - smooth_photo).mean() < 2, name
assert (run("smooth.png", "--filter", "identity", "--quality", "100", to="exact.webp") == smooth_photo).all()
subprocess.run([CONVLOOM, "filter", "photo.png", "smooth.png", "smooth.jpg", "--filter", "box", "-o", "many/"], check=True)
assert sorted(os.listdir("many")) == ["photo.png", "smooth.jpg", "smooth.png"]
piped = subprocess.run([CONVLOOM, "filter", "-", "--filter", "box", "-o", "-"], check=True, stdin=open("photo.png", "rb"), stdout=subprocess.PIPE).stdout
assert piped == open("many/photo.png", "rb").read(), "the same bytes by pipe and by folder"
assert piped == subprocess.run([CONVLOOM, "filter", "photo.png", "--threads", "1", "--filter", "box", "-o", "-"], check=True, stdout=subprocess.PIPE).stdout, "and on one thread"
