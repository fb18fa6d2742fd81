#!/usr/bin/env python3
"""Make src/render/report/world.txt: coastlines, and a point in the middle of each country or region, for the map of hosts.

usage: world_outline.py FOLDER > src/render/report/world.txt      FOLDER holds the npm package world-atlas 2.0.2
       (npm install --prefix ATLAS world-atlas@2.0.2; FOLDER is ATLAS/node_modules/world-atlas)

The package carries the vector data of Natural Earth 4.1 (https://www.naturalearthdata.com), which is in the public domain; the
package itself is under the ISC licence. Only coastlines are taken over: the map draws no border, so that it takes no side.
The projection is Natural Earth's, after B. Savric and others, "A polynomial equation for the Natural Earth projection" (2011).
"""
import csv
import json
import math
import pathlib
import sys

WIDTH, NORTH, SOUTH = 1000, 78, -56
# Land with a smaller area (in square units of the map) is left out, and corners that lie this near to the line between others.
SMALLEST, NEAR = 1.5, 0.35


def project(point):
    longitude, latitude = (math.radians(degrees) for degrees in point)
    square = latitude * latitude
    fourth = square * square
    x = longitude * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
    y = latitude * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return x, y


SCALE = WIDTH / (2 * math.pi * 0.8707)
TOP = project((0, NORTH))[1] * SCALE


def placed(point):
    x, y = project(point)
    return WIDTH / 2 + x * SCALE, TOP - y * SCALE


def arcs_of(topology):
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)
    return arcs


def rings(geometry, arcs):
    """The outer rings of a geometry."""
    polygons = {"Polygon": lambda: [geometry["arcs"]], "MultiPolygon": lambda: geometry["arcs"]}.get(geometry["type"], list)()
    for polygon in polygons:
        ring = []
        for number in polygon[0]:
            points = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += points[1:] if ring else points
        yield unwrapped(ring)


def unwrapped(ring):
    """A ring that goes on beyond 180 degrees instead of jumping to the other end of the map."""
    turns, found = 0, []
    for (longitude, latitude), (before, _) in zip(ring, ring[:1] + ring):
        turns += (longitude - before < -180) - (longitude - before > 180)
        found.append((longitude + 360 * turns, latitude))
    # The ring lies where most of it belongs.
    longitudes = [longitude for longitude, _ in found]
    away = round((max(longitudes) + min(longitudes)) / 720) * 360
    return [(longitude - away, latitude) for longitude, latitude in found]


def both_ends(ring):
    """A ring, and once more at the other end of the map where it reaches over the edge."""
    longitudes = [longitude for longitude, _ in ring]
    for turn, reaches in ((0, True), (-360, max(longitudes) > 180), (360, min(longitudes) < -180)):
        if reaches:
            yield [(longitude + turn, latitude) for longitude, latitude in ring]


def area(ring):
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, ring[1:])) / 2


def middle(ring):
    size = area(ring) * 6
    pairs = [(x + next_x, y + next_y, x * next_y - next_x * y) for (x, y), (next_x, next_y) in zip(ring, ring[1:])]
    return sum(x * part for x, _, part in pairs) / size, sum(y * part for _, y, part in pairs) / size


def simplified(points):
    """Douglas and Peucker."""
    if len(points) < 3:
        return points
    (x, y), (end_x, end_y) = points[0], points[-1]
    length = math.hypot(end_x - x, end_y - y)

    def away(point):
        if length == 0:
            return math.hypot(point[0] - x, point[1] - y)
        return abs((end_x - x) * (y - point[1]) - (x - point[0]) * (end_y - y)) / length

    place, most = max(((place, away(point)) for place, point in enumerate(points[1:-1], 1)), key=lambda pair: pair[1])
    if most <= NEAR:
        return [points[0], points[-1]]
    return simplified(points[: place + 1])[:-1] + simplified(points[place:])


def main():
    folder = pathlib.Path(sys.argv[1])
    version = json.loads((folder / "package.json").read_text())["version"]
    land = json.loads((folder / "land-110m.json").read_text())
    countries = json.loads((folder / "countries-50m.json").read_text())
    bottom = placed((0, SOUTH))[1]
    path = []
    arcs = arcs_of(land)
    for geometry in land["objects"]["land"]["geometries"]:
        for ring in (part for ring in rings(geometry, arcs) for part in both_ends(ring)):
            if max(latitude for _, latitude in ring) < SOUTH:
                continue
            points = simplified([placed(point) for point in ring])
            if abs(area(points + points[:1])) < SMALLEST:
                continue
            path.append("M" + "L".join(f"{x:.1f} {min(max(y, 0), bottom):.1f}" for x, y in points[:-1]) + "Z")
    codes = {}
    seeds = pathlib.Path(__file__).resolve().parent.parent / "seeds" / "country.csv"
    with open(seeds, encoding="utf-8", newline="") as file:
        codes = {row["numeric"]: row["code"] for row in csv.DictReader(file)}
    arcs = arcs_of(countries)
    places, sizes = {}, {}
    for geometry in countries["objects"]["countries"]["geometries"]:
        code = codes.get(str(geometry.get("id", "")).zfill(3))
        # Some have islands far away as a geometry of their own.
        for ring in rings(geometry, arcs) if code else ():
            if abs(area(ring)) > sizes.get(code, -1):
                sizes[code], places[code] = abs(area(ring)), placed(middle(ring))
    print(f"# Coastlines and middles of countries and regions: Natural Earth, public domain, from the npm package world-atlas {version}.")
    print("# Made by .ci/world_outline.py; not to be edited.")
    print(f"{WIDTH} {bottom:.0f}")
    print("".join(path))
    for code, (x, y) in sorted(places.items()):
        print(f"{code} {x:.0f} {y:.0f}")


main()
