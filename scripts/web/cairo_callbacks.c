// Cairo 1.16 hands functions of two arguments to its splines, cast to a type of three. Other machines do not mind;
// WebAssembly ends the program. The linker (--wrap) sends the two calls that take such a function here, and one of two
// arguments is put behind one of three.
#include <emscripten.h>

#include "cairoint.h"

EM_JS(int, convloom_arguments, (cairo_spline_add_point_func_t callee), { return wasmTable.get(callee).length; });

// Asked of JavaScript once for each of Cairo's few functions.
static int takes_two(cairo_spline_add_point_func_t function) {
    enum { most = 32 };
    static struct {
        cairo_spline_add_point_func_t function;
        int arguments;
    } known[most];
    int n = 0;
    for (; n < most && known[n].function; ++n)
        if (known[n].function == function) return known[n].arguments == 2;
    const int arguments = convloom_arguments(function);
    if (n < most) {
        known[n].function = function;
        known[n].arguments = arguments;
    }
    return arguments == 2;
}

typedef cairo_status_t (*Two)(void* closure, const cairo_point_t* point);
typedef struct {
    Two function;
    void* closure;
} Behind;

static cairo_status_t call_two(void* closure, const cairo_point_t* point, const cairo_slope_t* tangent) {
    const Behind* behind = closure;
    (void)tangent;
    return behind->function(behind->closure, point);
}

cairo_status_t __real__cairo_spline_decompose(cairo_spline_t* spline, double tolerance);
cairo_status_t __wrap__cairo_spline_decompose(cairo_spline_t* spline, double tolerance) {
    if (!takes_two(spline->add_point_func)) return __real__cairo_spline_decompose(spline, tolerance);
    Behind behind = {(Two)spline->add_point_func, spline->closure};
    spline->add_point_func = call_two;
    spline->closure = &behind;
    const cairo_status_t status = __real__cairo_spline_decompose(spline, tolerance);
    spline->add_point_func = (cairo_spline_add_point_func_t)behind.function;
    spline->closure = behind.closure;
    return status;
}

cairo_status_t __real__cairo_spline_bound(cairo_spline_add_point_func_t add_point_func, void* closure,
                                          const cairo_point_t* p0, const cairo_point_t* p1, const cairo_point_t* p2,
                                          const cairo_point_t* p3);
cairo_status_t __wrap__cairo_spline_bound(cairo_spline_add_point_func_t add_point_func, void* closure,
                                          const cairo_point_t* p0, const cairo_point_t* p1, const cairo_point_t* p2,
                                          const cairo_point_t* p3) {
    Behind behind = {(Two)add_point_func, closure};
    if (!takes_two(add_point_func)) return __real__cairo_spline_bound(add_point_func, closure, p0, p1, p2, p3);
    return __real__cairo_spline_bound(call_two, &behind, p0, p1, p2, p3);
}
