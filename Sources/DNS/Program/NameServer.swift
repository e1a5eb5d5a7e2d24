package import Network
package import Platform

/// Serves a catalog at some addresses until it is dropped.
package struct NameServer: ~Copyable {
    package let epochs: Epochs
    package let slot: CatalogSlot
    private var threads: [Serving] = []

    package init(_ catalog: Catalog, readers epochs: Epochs) {
        self.epochs = epochs
        slot = CatalogSlot(catalog)
    }

    deinit { for serving in threads { serving.listener.stop() } }

    private final class Serving: Sendable {
        let listener: UDPListener
        let thread: Thread

        init(_ listener: UDPListener, _ thread: consuming Thread) {
            self.listener = listener
            self.thread = thread
        }
    }
}

extension NameServer {
    /// Listens at an address, with as many threads as asked for.
    package mutating func listen(
        _ address: AddressAndPort, threads count: Int, waiting: any QuestionTaker,
        failed: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        for _ in 0..<count {
            let listener = try UDPListener(address, slot, waiting: waiting)
            guard let reader = epochs.reader() else {
                throw PlatformError(.tooManyOpenFiles, "listen with so many threads")
            }
            let thread = try Thread(owning: reader) { reader in
                do throws(PlatformError) { try listener.run(reader) } catch { failed(error) }
            }
            threads.append(Serving(listener, thread))
        }
    }
}
