import Kubernetes
import Measure
import Platform

/// What it costs that one service of many changes, up to the consumers that are told.
struct ChangeCost: ~Copyable {
    private var writer = StoreWriter()
    private let consumers: [Subscription]
    private let count: Int
    private var written = Samples(of: "put and publish")
    private var looked = Samples(of: "look by each consumer")

    init(objects count: Int, consumers: Int) {
        self.count = count
        let store = writer.store
        self.consumers = (0..<consumers).map { _ in store.subscribe(to: [.service]) {} }
        var replacement = writer.beginReplacement(of: Service.self)
        for number in 0..<count { replacement.stage(service(number, version: 1)) }
        writer.commit(replacement)
        writer.publish()
        for consumer in self.consumers { _ = consumer.look() }
    }

    mutating func run(times: Int) -> String {
        var told = 0
        for time in 0..<times {
            let object = service(time * 7919 % count, version: time + 2)
            let start = MonotonicTime.now
            writer.put(object)
            writer.publish()
            let middle = MonotonicTime.now
            for consumer in consumers { told += consumer.look().changes(of: Service.self).count }
            written.add(middle - start)
            looked.add((MonotonicTime.now - middle) / consumers.count)
        }
        return "store: \(count) services, \(told) changes told\nstore: \(written)\nstore: \(looked)"
    }

    private func service(_ number: Int, version: Int) -> Service {
        var service = Service()
        service.metadata.name = "service-\(number)"
        service.metadata.namespace = "ns-\(number % 100)"
        service.metadata.resourceVersion = "\(version)"
        service.metadata.labels["version"] = "\(version)"
        return service
    }
}
