// The layer's numbers, as PyTorch's words and one by one, its output's size and its cost.
#pragma once
#include <string>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"
#include "app/gui/widgets/code_field.hpp"
#include "app/gui/widgets/number_row.hpp"
#include "app/gui/widgets/open_names.hpp"

namespace convloom::gui {

// What is typed but not taken yet, and why it was not.
struct LayerWords {
    std::string shown_code, shown_shape;  // of the State
    std::string code;
    char shape[64] = "";
    std::string fault;
    CodeMark mark;  // where in the code the fault is
    bool fault_in_shape = false;
    OpenNames open;  // names that the code uses without setting them
};

class LayerPanel {
  public:
    void draw(Store& store, const Style& style);

  private:
    LayerWords words_;
    NumberRowsMemory rows_;
};

}  // namespace convloom::gui
