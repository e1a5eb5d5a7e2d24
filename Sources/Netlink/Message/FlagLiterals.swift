// The standard library makes a set of flags of a literal by a function for all sequences, which the
// compiler does not make a copy of for types of another module: with each type's first literal it
// looks at all conformances of the program.

extension AddressFlags {
    package init(arrayLiteral flags: AddressFlags...) {
        self.init(rawValue: flags.reduce(0) { $0 | $1.rawValue })
    }
}

extension LinkFlags {
    package init(arrayLiteral flags: LinkFlags...) {
        self.init(rawValue: flags.reduce(0) { $0 | $1.rawValue })
    }
}

extension NeighbourFlags {
    package init(arrayLiteral flags: NeighbourFlags...) {
        self.init(rawValue: flags.reduce(0) { $0 | $1.rawValue })
    }
}

extension NeighbourState {
    package init(arrayLiteral states: NeighbourState...) {
        self.init(rawValue: states.reduce(0) { $0 | $1.rawValue })
    }
}

extension NextHopFlags {
    package init(arrayLiteral flags: NextHopFlags...) {
        self.init(rawValue: flags.reduce(0) { $0 | $1.rawValue })
    }
}
