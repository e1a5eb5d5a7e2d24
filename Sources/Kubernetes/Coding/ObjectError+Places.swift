import JSON
import YAML

extension ObjectError.Place {
    /// The place of a byte.
    init(at offset: Int, in text: Span<UInt8>) {
        let error = JSONError(at: offset, in: text, "")
        self.init(line: error.line, column: error.column)
    }
}

extension ObjectError {
    init(_ error: YAMLError) {
        self.init(error.problem, at: Place(line: error.line, column: error.column))
    }

    /// The same error with a place, if it has none.
    func placed(at place: Place?) -> ObjectError {
        ObjectError(problem, in: field, at: self.place ?? place)
    }

    /// The same error, as a text has it whose part that begins at `start` was read.
    func moved(to start: Place) -> ObjectError {
        guard let place else { return self }
        let column = place.line == 1 ? place.column + start.column - 1 : place.column
        let moved = Place(line: place.line + start.line - 1, column: column)
        return ObjectError(problem, in: field, at: moved)
    }
}
