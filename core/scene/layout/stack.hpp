// Grids stacked along a third axis in an orthographic projection, for the volume view.
//
// A slab is a flat grid, so its image is an affine map like that of any other plane. The visible slabs and their
// positions depend only on the size of the stack and the slab to keep visible; ellipses stand for omitted slabs.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// Rotated by `turn` around the vertical axis and seen from `tilt` above, in degrees. x is right, y is down, z is away.
class Projection {
  public:
    Projection(double turn_deg, double tilt_deg);
    Point operator()(double x, double y, double z) const;
    // The map of the plane at depth z, in cells; (0, 0, 0) is mapped to `origin`.
    Affine plane(double z, double cell_px, Point origin) const;

  private:
    double turn_cos_, turn_sin_, tilt_cos_, tilt_sin_;
};

struct Slot {
    int slab = 0;
    double z = 0;
    bool gap_before = false;  // slabs are omitted between the previous one and this one
};

struct Stack {
    int slabs = 1, rows = 1, columns = 1;
    std::vector<Slot> slots;  // front to back
    Rect bounds;              // in cells, of the whole stack with (0, 0, 0) at the origin
};

// `keep` is a slab that must be visible. The positions of the slots do not depend on it.
Stack stack(int slabs, int rows, int columns, int keep, const Projection& projection);

}  // namespace convloom::scene
