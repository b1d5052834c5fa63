// The views of the table in view_table.hpp that have two functions of their own: one that says why the view cannot draw
// a layer, and one that draws it. Only view_table.cpp and the compose_*.cpp include this.
#pragma once
#include "core/scene/views/view_table.hpp"

namespace convloom::scene {

std::string not_matrix(const arith::Layer& layer);
Scene compose_matrix(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_im2col(const arith::Layer& layer);
Scene compose_im2col(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_readings(const arith::Layer& layer);
Scene compose_readings(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_channels(const arith::Layer& layer);
Scene compose_channels(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_receptive(const arith::Layer& layer);
Scene compose_receptive(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_padding(const arith::Layer& layer);
Scene compose_padding(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_borders(const arith::Layer& layer);
Scene compose_borders(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_gradient(const arith::Layer& layer);
Scene compose_gradient(const Subject& subject, const Moment& moment, const ViewOptions& options);

std::string not_cost(const arith::Layer& layer);
Scene compose_cost(const Subject& subject, const Moment& moment, const ViewOptions& options);

}  // namespace convloom::scene
