package import Network
package import Platform

/// A status loop with one listener: metrics, health, for monitoring.
package struct StatusServer: Sendable {
    private let loop: StatusLoop
    private let listener: StatusListener

    package init(
        _ address: AddressAndPort, patience: Duration = .seconds(10),
        answer: @escaping @Sendable (RequestHead) -> Response
    ) throws(PlatformError) {
        loop = try StatusLoop(patience: patience)
        listener = try loop.listen(on: address, answer: answer)
    }

    /// Where the server listens; a port that was 0 has become one of the kernel's choice.
    package var address: AddressAndPort { listener.address }
}
