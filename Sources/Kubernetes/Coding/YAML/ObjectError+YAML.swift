package import YAML

extension ObjectError.Place {
    package init(_ place: YAMLPlace) { self.init(line: place.line, column: place.column) }
}

extension ObjectError {
    /// The same error with a place: its field's, or that of the nearest value around it.
    ///
    /// A value that is wrong as a whole is refused after it was read, when nobody knows where.
    func placed(in node: YAMLNode) -> ObjectError {
        guard place == nil else { return self }
        var nearest = node
        for step in FieldPath(field).steps {
            guard let next = nearest.value(at: step) else { break }
            nearest = next
        }
        return ObjectError(problem, in: field, at: Place(nearest.place))
    }
}

/// The parts of a field's path: `spec.ports[2].name`.
struct FieldPath {
    enum Step: Hashable {
        case name(String)
        case element(Int)
    }

    let steps: [Step]

    init(_ text: String) {
        steps = text.split(separator: ".").flatMap { part in
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            let name = pieces.first.map { [Step.name(String($0))] } ?? []
            let indices = pieces.dropFirst().compactMap { Int($0.dropLast()) }.map(Step.element)
            return name.filter { $0 != .name("") } + indices
        }
    }
}

extension YAMLNode {
    fileprivate func value(at step: FieldPath.Step) -> YAMLNode? {
        switch step {
        case .name(let name): self[name]
        case .element(let index): elements.indices.contains(index) ? elements[index] : nil
        }
    }
}
