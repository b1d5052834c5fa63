layout(location = 0) in vec4 in_ends;   // px
layout(location = 1) in vec4 in_cuts;   // across the bisectors of the joints at both ends; 0 at an end of the line
layout(location = 2) in vec4 in_look;   // px: width, dash, length before this; 1 if a dash continues from the end of a closed line
layout(location = 3) in vec4 in_color;

flat out vec4 ends, cuts, look, line_color;

// How far a mitre extends past the end.
float reach(vec2 direction, vec2 cut) {
    float c = dot(direction, cut);
    return cut == vec2(0) ? 0.0 : 0.5 * look.x * sqrt(max(1.0 - c * c, 0.0)) / max(c, 0.05);
}

void main() {
    ends = in_ends;
    cuts = in_cuts;
    look = in_look;
    line_color = in_color;
    vec2 a = ends.xy, b = ends.zw, direction = normalize(b - a), n = vec2(-direction.y, direction.x);
    vec2 at = corner();
    vec2 end = at.x == 0.0 ? a - direction * (reach(direction, cuts.xy) + 1.0)
                           : b + direction * (reach(direction, cuts.zw) + 1.0);
    gl_Position = place(end + n * (at.y * 2.0 - 1.0) * (0.5 * look.x + 1.0));
}
