/// Why nothing, or not all, can be shown.
package struct InspectionError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// A kind was not listed in time.
        case notSynced
        /// There is no object of a name.
        case notFound
        /// A signal came first.
        case interrupted
    }

    package let code: Code
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
