import APIServerSupport
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Kubernetes

struct `A server that is silent about one kind` {
    @Test func `is asked for it again on another connection, while the rest goes on`() throws {
        try withTemporaryDirectory { directory in
            let handler = HalfSilentHandler()
            let cluster = try ServedCluster(
                in: directory, rate: 1000, kinds: [.service, .endpointSlice], handler)
            let end = MonotonicTime.now + .patience
            while handler.silent.count < 3, MonotonicTime.now < end {
                handler.bookmark()
                sleep(for: .milliseconds(2))
            }
            let silent = handler.silent
            try #require(silent.count >= 3)
            #expect(Set(silent.map(\.connection)).count == silent.count)
            withExtendedLifetime(cluster) {}
        }
    }
}

/// Never answers about services; has a watch of slices that ends never.
private final class HalfSilentHandler: RequestHandler {
    private let state = Mutex<(silent: [ServerRequest], watches: [ResponseStream])>(([], []))

    var silent: [ServerRequest] { state.withLock(\.silent) }

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        if request.path.hasPrefix("/api/v1/services?") {
            return state.withLock { $0.silent.append(request) }
        }
        stream.begin(200, [("content-type", "application/json")])
        state.withLock { $0.watches.append(stream) }
        bookmark()
    }

    func bookmark() {
        let event = #"""
            {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1",\#
            "annotations":{"k8s.io/initial-events-end":"true"}}}}
            """#
        for watch in state.withLock(\.watches) { watch.write(Array(event.utf8)) }
    }
}
