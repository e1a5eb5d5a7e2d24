import JSON
import Platform
import Testing

@testable import Bench

/// A plot as a browser drew it: its axes by their ticks, and its marks.
struct SeenPlot {
    let title: String
    let ticks: [JSONValue]
    let marks: [JSONValue]
    let whiskers: [JSONValue]

    /// What a browser is to say of all plots of a kind.
    static func script(_ kind: String) -> String {
        """
        [...page.querySelectorAll("figure.\(kind)")].map(plot => ({
          title: plot.querySelector("figcaption").textContent,
          ticks: [...plot.querySelectorAll("figure > svg .tick")].map(shape),
          marks: [...plot.querySelectorAll("figure > svg .mark")].map(shape),
          whiskers: [...plot.querySelectorAll("figure > svg .whisker")].map(shape),
        }))
        """
    }

    init(_ value: JSONValue) throws {
        title = try #require(value["title"].string)
        ticks = value["ticks"].elements
        marks = value["marks"].elements
        whiskers = value["whiskers"].elements
    }

    static func read(_ kind: String, _ page: ResultsPage) throws -> [SeenPlot] {
        try Browser().read(page, script: script(kind)).elements.map(SeenPlot.init)
    }
}

extension SeenPlot {
    /// How values become lengths, as somebody reads an axis.
    enum Reading {
        case linear, logarithmic, nines

        func place(_ value: Double) -> Double {
            switch self {
            case .linear: value
            case .logarithmic: value.decimalLogarithm
            case .nines: -(1 - value).decimalLogarithm
            }
        }
    }

    /// Where a value must be, going by the first and the last tick of an axis alone.
    func place(_ value: Double, _ axis: String, _ reading: Reading) throws -> Double {
        let ticks = ticks.filter { $0["axis"].string == axis }.compactMap { tick in
            tick["value"].number.map { (value: $0, place: tick["box"].corner(axis)) }
        }
        let (first, last) = (try #require(ticks.first), try #require(ticks.last))
        let share =
            (reading.place(value) - reading.place(first.value))
            / (reading.place(last.value) - reading.place(first.value))
        return first.place + share * (last.place - first.place)
    }
}

extension JSONValue {
    /// The middle of a box along an axis.
    func middle(_ axis: String) -> Double {
        corner(axis) + (self[axis == "x" ? "width" : "height"].number ?? .nan) / 2
    }

    /// Where a box begins.
    func corner(_ axis: String) -> Double { self[axis].number ?? .nan }

    func end(_ axis: String) -> Double {
        corner(axis) + (self[axis == "x" ? "width" : "height"].number ?? .nan)
    }
}
