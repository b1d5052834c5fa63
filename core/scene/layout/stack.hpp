// Grids piled up along a third axis, seen in an orthographic projection: what the volume view is made of.
//
// A slab is a flat grid, so its picture is an affine map like any other plane's. Which slabs are shown, and where,
// depends on the stack's size and the slab to be seen alone; what is left out is an ellipsis.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// Turned by `turn` round the upright axis and looked at from `tilt` above, in degrees. x goes right, y down, z away.
class Projection {
  public:
    Projection(double turn_deg, double tilt_deg);
    Point operator()(double x, double y, double z) const;
    // The map of the plane z, in cells, with `origin` where (0, 0, 0) comes to lie.
    Affine plane(double z, double cell_px, Point origin) const;

  private:
    double turn_cos_, turn_sin_, tilt_cos_, tilt_sin_;
};

struct Slot {
    int slab = 0;
    double z = 0;
    bool gap_before = false;  // slabs are left out between the one before and this
};

struct Stack {
    int slabs = 1, rows = 1, columns = 1;
    std::vector<Slot> slots;  // front to back
    Rect bounds;              // in cells, of the whole pile with (0, 0, 0) at the origin
};

// `keep` is a slab that must be seen. The slots' places are the same whichever it is.
Stack stack(int slabs, int rows, int columns, int keep, const Projection& projection);

}  // namespace convloom::scene
