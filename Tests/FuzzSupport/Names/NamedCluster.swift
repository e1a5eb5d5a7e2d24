package import DNS
package import Kubernetes
import Network
package import Platform

/// A cluster of objects that are written down in words, and a server of its names.
package final class NamedCluster {
    package var objects = StoreWriter()
    package var index: ClusterIndexWriter
    package var answerer: Answerer
    package let settings: ClusterSettings
    private let subscription: Subscription
    private var room = [UInt8](repeating: 0, count: longestMessage)

    /// Makes an empty cluster; the catalog is made of its index.
    package init(
        _ settings: ClusterSettings = .everything, isSynced: Bool = true,
        readers epochs: Epochs = Epochs(readers: 2),
        catalog: (ClusterIndex) throws -> Catalog = NamedCluster.catalog
    ) throws {
        let index = try ClusterIndexWriter(settings, readers: epochs)
        guard let reader = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "read an index")
        }
        answerer = Answerer(try catalog(index.index), reader)
        subscription = objects.store.subscribe(to: settings.kinds) {}
        self.index = index
        self.settings = settings
        if isSynced { sync() }
    }

    /// Where the objects are kept.
    package var store: ObjectStore { objects.store }

    /// The zone alone, as a server that forwards nothing has it.
    package static func catalog(_ index: ClusterIndex) throws -> Catalog {
        var parts = ServedBlock.Parts()
        parts.cluster = try ClusterZone(index, .everything)
        return Catalog([ServedBlock(.root, parts)], cookies: CookieSecret(low: 1, high: 2))
    }
}

extension ClusterSettings {
    /// `cluster.local` with all its reverse names and every pod's.
    package static var everything: ClusterSettings {
        var settings = ClusterSettings(zones: [DomainName(words: "cluster.local")])
        settings.reverseZones = ["in-addr.arpa", "ip6.arpa"].map(DomainName.init(words:))
        settings.pods = .insecure
        return settings
    }
}

extension DomainName {
    /// A name that is known to be one.
    package init(words text: String) { self = (try? DomainName(text)) ?? .root }
}

extension NamedCluster {
    /// Says of every kind that all its objects are known.
    package func sync() {
        objects.commit(objects.beginReplacement(of: Namespace.self))
        objects.commit(objects.beginReplacement(of: Service.self))
        objects.commit(objects.beginReplacement(of: EndpointSlice.self))
        objects.commit(objects.beginReplacement(of: Pod.self))
    }

    /// Shows the server what was written, at a second since 1970.
    package func publish(at second: Int64 = 1_800_000_000) {
        objects.publish()
        index.apply(subscription.look(), at: WallTime(nanoseconds: second * 1_000_000_000))
    }

    /// What is answered to a message; nil if nothing is, or somebody else is to be asked.
    package func answer(_ message: [UInt8], _ client: Client = .sample) -> [UInt8]? {
        answerer.begin(at: .now)
        defer { answerer.end() }
        let size = client.transport == .udp ? 4096 : longestMessage
        var whole = room.mutableSpan
        var span = whole._mutatingExtracting(first: size)
        switch answerer.answer(message.span, from: client, into: &span) {
        case .reply(let length): return Array(room[..<length])
        case .replyAndTransfer(let length, _): return Array(room[..<length])
        case .drop, .later, .replyAndRefresh: return nil
        }
    }
}

extension Client {
    package static var sample: Client {
        Client(.v4(IPv4Address(10, 244, 0, 9)), .udp)
    }
}
