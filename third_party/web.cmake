# The web build's libraries, as scripts/web/libraries.sh left them.
set(CONVLOOM_WEB_PREFIX ${PROJECT_SOURCE_DIR}/build/web-libs/prefix)
set(ENV{PKG_CONFIG_LIBDIR} ${CONVLOOM_WEB_PREFIX}/lib/pkgconfig)
set(ENV{PKG_CONFIG_PATH} "")

add_library(convloom_web_headers INTERFACE)
target_include_directories(convloom_web_headers SYSTEM INTERFACE ${CONVLOOM_WEB_PREFIX}/include)

add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
target_link_libraries(fmt::fmt INTERFACE convloom_web_headers ${CONVLOOM_WEB_PREFIX}/lib/libfmt.a)
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
target_link_libraries(nlohmann_json::nlohmann_json INTERFACE convloom_web_headers)
add_library(CLI11::CLI11 INTERFACE IMPORTED GLOBAL)
target_link_libraries(CLI11::CLI11 INTERFACE convloom_web_headers)
add_library(Threads::Threads INTERFACE IMPORTED GLOBAL)   # there are none

# Without libtiff and libheif.
add_library(convloom_tiff INTERFACE)
add_library(convloom_heif INTERFACE)

# Callbacks of Cairo's that WebAssembly does not call (scripts/web/cairo_callbacks.c).
add_library(convloom_cairo_callbacks INTERFACE)
target_link_options(convloom_cairo_callbacks INTERFACE -Wl,--wrap=_cairo_spline_decompose,--wrap=_cairo_spline_bound)
