// Right of the canvas: one of the tabs for a layer, or the photo's filters.
#pragma once
#include <string>

#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/panels/layer_panel.hpp"
#include "app/gui/panels/photo_save.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class Inspector {
  public:
    void draw(Store& store, Interface& interface, PhotoSave& photo_save, const Style& style);

  private:
    LayerPanel layer_;
    std::string photo_before_;  // the file of the last frame
};

}  // namespace convloom::gui
