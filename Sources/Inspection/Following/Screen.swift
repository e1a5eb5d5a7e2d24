import Platform

/// Where a command prints: what was asked for, and what there is to say about it.
package struct Screen: Sendable {
    package typealias Writer = @Sendable (String) throws -> Void

    let output: Writer
    let error: Writer

    package init(output: @escaping Writer, error: @escaping Writer) {
        self.output = output
        self.error = error
    }

    package static let standard = Screen(
        output: { try StandardStream.output.write($0) },
        error: { try StandardStream.error.write($0) })
}
