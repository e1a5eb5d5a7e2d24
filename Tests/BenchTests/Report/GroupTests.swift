import Testing

@testable import Bench

@Suite struct `Groups of measurements` {
    private func measurement(_ circumstances: KeyValuePairs<String, String>) -> Measurement {
        Measurement(
            Identity("path", "connect", circumstances.map { .init($0.key, $0.value) }), [])
    }

    @Test func `say once what all have in common`() {
        let group = WorkloadGroup.groups(SampleResults.results.measurements, [])[0]
        #expect(group.common.map(\.text) == ["same-node"])
        #expect(
            group.labels[SampleResults.identity(1, "v6", 10_000)]
                == "cluster-ip · v6 · 10,000 services · weft")
        #expect(
            group.variants == [
                "direct · none", "cluster-ip · weft", "cluster-ip · kube-proxy-iptables",
            ])
        #expect(group.settings.map(\.title) == ["v4", "v6"])
        #expect(group.growths == ["services"])
    }

    @Test func `name one thing in the singular`() {
        let texts = [("services", "1"), ("services", "2"), ("cores", "x")]
        #expect(
            texts.map { Identity.Circumstance($0.0, $0.1).text } == [
                "1 service", "2 services", "x",
            ])
    }

    @Test func `put what knows less into every panel that says nothing else`() {
        let measurements = [
            measurement(["service": "direct", "family": "v4"]),
            measurement(["service": "cluster-ip", "family": "v4", "services": "1"]),
            measurement(["service": "cluster-ip", "family": "v4", "services": "100"]),
            measurement(["service": "cluster-ip", "family": "v6", "services": "1"]),
        ]
        let panels = Panel.panels(measurements) { $0.name == "family" || $0.name == "services" }
        #expect(panels.map(\.title) == ["v4 · 1 service", "v4 · 100 services", "v6 · 1 service"])
        #expect(
            panels.map { $0.measurements.map { measurements.firstIndex(of: $0) } } == [
                [0, 1], [0, 2], [3],
            ])
    }

    @Test func `are in the order in which their first ones were measured`() {
        let groups = WorkloadGroup.groups(
            SampleResults.results.measurements, SampleResults.results.ratios)
        #expect(groups.map(\.title) == ["path/connect", "dns/query"])
        #expect(groups.map(\.ratios.count) == [2 * 3 * 2 * 3, 2 * 2])
        #expect(groups[1].quantities == [.processor, .memory])
    }
}

@Suite struct `Scales of plots` {
    @Test func `are straight for amounts, and begin at zero`() {
        let scale = Scale.amounts([20, 40], from: 200, to: 0)
        #expect(scale.shape == .linear)
        #expect(scale.position(0) == 200)
        #expect((scale.position(20) * 2 - scale.position(40) - 200).magnitude < 1e-9)
        #expect(scale.ticks == [0, 10, 20, 30, 40])
    }

    @Test func `are logarithmic for what is too far apart`() {
        let scale = Scale.amounts([20, 4000], from: 0, to: 100)
        let steps = [20.0, 200, 2000].map(scale.position)
        #expect(((steps[1] - steps[0]) - (steps[2] - steps[1])).magnitude < 1e-9)
        #expect(scale.ticks == [30, 100, 300, 1000, 3000])
    }

    @Test func `have a place for zero before the smallest number`() {
        let scale = Scale.numbers([0, 10, 1000], from: 0, to: 90)
        #expect([0, 10, 1000].map { scale.position($0).rounded() } == [0, 30, 90])
        #expect(Scale.numbers([5], from: 0, to: 90).position(5) == 0)
    }

    @Test func `give each nine the same room`() {
        let scale = Scale(.nines, 0, 0.999, from: 0, to: 300)
        #expect([0, 0.9, 0.99, 0.999].map { scale.position($0).rounded() } == [0, 100, 200, 300])
        #expect(scale.ticks == [0.5, 0.9, 0.99, 0.999])
    }

    @Test(arguments: [
        [], [0], [0, 0], [.leastNonzeroMagnitude], [.greatestFiniteMagnitude, 1e-300],
        [-5, 5], [-.greatestFiniteMagnitude, .greatestFiniteMagnitude],
        [.leastNonzeroMagnitude, .leastNonzeroMagnitude * 99],
    ])
    func `come to an end with whatever values there are`(values: [Double]) {
        for make in [Scale.amounts, Scale.logarithmic, Scale.numbers] {
            let scale = make(values, 0, 100)
            #expect(scale.ticks.count <= 20)
            #expect(scale.low < scale.high)
        }
    }
}
