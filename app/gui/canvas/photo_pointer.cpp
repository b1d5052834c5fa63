#include "app/gui/canvas/photo_pointer.hpp"

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/photo/photo_figure.hpp"

namespace convloom::gui {
namespace {

constexpr double wipe_reach = 16;  // units from the line

// Where the pointer is in the part of the photo that both pictures show, from 0 to 1; nothing where it is on neither.
std::optional<scene::Point> place_in_photo(Store& store, const scene::Point& page) {
    if (store.state().view != scene::View::photo) return std::nullopt;
    return scene::place_in_picture(store.scene_on_canvas(), page);
}

}  // namespace

bool PhotoPointer::zoom(Store& store, const scene::Point& page, double factor) {
    const auto place = place_in_photo(store, page);
    if (place) store.dispatch(state::ZoomPhoto{factor, place->x, place->y});
    return place.has_value();
}

bool PhotoPointer::press(Store& store, const scene::Point& page) {
    part_from_.reset();
    // The window over the photo shows more than the part.
    if (!place_in_photo(store, page) || store.state().photo->look == scene::PhotoLook::step) return false;
    const state::Photo& photo = *store.state().photo;
    pressed_at_ = page;
    part_from_ = photo.part;
    if (photo.look != scene::PhotoLook::wipe) return false;
    const auto box = scene::picture_box(store.scene_on_canvas(), scene::Mark::before);
    return !photo.part || std::abs(page.x - box->x - photo.wipe * box->width) < wipe_reach;
}

void PhotoPointer::move_wipe(Store& store, const scene::Point& page) const {
    const auto box = scene::picture_box(store.scene_on_canvas(), scene::Mark::before);
    if (box) store.dispatch_drag(state::SetWipe{(page.x - box->x) / box->width});
}

void PhotoPointer::move_part(Store& store, const scene::Point& page) const {
    const image::Image& image = *store.state().photo->image;
    const auto box = scene::picture_box(store.scene_on_canvas(), scene::Mark::before);
    if (!box) return;
    image::Box part = *part_from_;
    const double px = part.width / box->width;  // of the file in a unit of the page
    part.x =
        std::clamp(part.x - static_cast<int>(std::lround((page.x - pressed_at_.x) * px)), 0, image.width - part.width);
    part.y = std::clamp(part.y - static_cast<int>(std::lround((page.y - pressed_at_.y) * px)), 0,
                        image.height - part.height);
    if (part != store.state().photo->part) store.dispatch(state::SetPhotoPart{part});
}

void PhotoPointer::click(Store& store, const scene::Point& page) {
    const auto place = place_in_photo(store, page);
    if (!place) return;
    const state::Photo& photo = *store.state().photo;
    if (photo.look == scene::PhotoLook::step) {
        const arith::Recording places = places_of(store.state());
        auto cell = [&](double part, int axis) {
            return static_cast<arith::Index>(part * static_cast<double>(arith::output_size(places.layer(), axis)));
        };
        return store.move(state::GoToStep{places.step_at(0, {cell(place->y, 0), cell(place->x, 1), 0})});
    }
    const image::Box part = photo.part.value_or(image::Box{0, 0, photo.image->width, photo.image->height});
    const arith::Index step = state::step_of_pixel(photo, part.x + static_cast<int>(place->x * part.width),
                                                   part.y + static_cast<int>(place->y * part.height));
    store.dispatch(state::SetPhotoLook{scene::PhotoLook::step});
    store.move(state::GoToStep{step});
}

}  // namespace convloom::gui
