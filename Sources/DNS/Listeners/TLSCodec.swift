import Synchronization
package import TLS

/// DNS over TLS (RFC 7858): what lies between a connection's messages and its octets.
package final class TLSCodec: StreamCodec {
    private var session: TLSSession

    package init(_ context: TLSContext) throws(TLSError) {
        session = try TLSSession(serverIn: context)
    }

    package func receive(
        _ octets: Span<UInt8>, into plain: inout [UInt8]
    ) -> StreamCodecProgress {
        do throws(TLSError) {
            return try session.receive(octets, into: &plain) == .ended ? .ended : .goesOn
        } catch {
            return .failed
        }
    }

    package func send(_ plain: Span<UInt8>) {
        // What cannot be encrypted belongs to a session that has failed, which its next octets show.
        try? session.send(plain.octets(plain.indices))
    }

    package func end() { session.end() }

    package func takeOutput(into octets: inout [UInt8]) { session.takeOutput(into: &octets) }
}

/// A connection whose session could not even begin.
final class ClosedCodec: StreamCodec {
    func receive(_ octets: Span<UInt8>, into plain: inout [UInt8]) -> StreamCodecProgress {
        .failed
    }

    func send(_ plain: Span<UInt8>) {}

    func end() {}

    func takeOutput(into octets: inout [UInt8]) {}
}
