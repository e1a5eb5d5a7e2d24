/// How a variant looks: a colour, and a shape and a dash for whoever does not see colours apart.
struct SeriesStyle: Hashable, Sendable {
    private let index: Int

    init(_ index: Int) { self.index = index }

    /// The colours are the style sheet's.
    static let colours = 8

    var colour: String { "s\(index % Self.colours)" }

    var dash: String {
        let dashes = ["none", "6 3", "2 2", "8 3 2 3"]
        return dashes[index / 2 % dashes.count]
    }
}

extension SeriesStyle {
    /// Half of how high and wide a mark is.
    static let radius = 3.5

    /// A mark in the middle of which the value is.
    func mark(_ x: Double, _ y: Double, _ data: Markup.Attributes = [:]) -> Markup {
        .element("path", ["class": "mark \(colour)", "d": path(x, y)], more: data)
    }

    private func path(_ x: Double, _ y: Double) -> String {
        let r = Self.radius
        let left = (x - r).coordinate
        let right = (x + r).coordinate
        let top = (y - r).coordinate
        let bottom = (y + r).coordinate
        let (column, row) = (x.coordinate, y.coordinate)
        return switch index % 4 {
        case 0: "M\(left) \(row)a\(r) \(r) 0 1 0 \(2 * r) 0a\(r) \(r) 0 1 0 \(-2 * r) 0z"
        case 1: "M\(left) \(top)H\(right)V\(bottom)H\(left)z"
        case 2: "M\(column) \(top)L\(right) \(bottom)H\(left)z"
        default: "M\(column) \(top)L\(right) \(row)L\(column) \(bottom)L\(left) \(row)z"
        }
    }
}

extension Double {
    /// A place in a drawing, to the hundredth.
    var coordinate: String {
        let hundredths = (self * 100).rounded() / 100
        return Int(exactly: hundredths).map { "\($0)" } ?? "\(hundredths)"
    }
}
