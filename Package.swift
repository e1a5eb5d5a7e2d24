// swift-tools-version: 6.2
import PackageDescription

/// Every target, tests and benchmarks included, is compiled with these.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    // Own functions and types that return or hold a Span.
    .enableExperimentalFeature("Lifetimes"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        swiftSettings: settings)
}

let package = Package(
    name: "weft",
    products: [
        .executable(name: "weft", targets: ["weft"]),
        .executable(name: "weft-cni", targets: ["weft-cni"]),
    ],
    targets: [
        .target(name: "CLinux", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .systemLibrary(name: "CMnl"),
        .systemLibrary(name: "CNftnl"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CYaml"),
        .systemLibrary(name: "COpenSSL"),

        library("Platform", ["CLinux", "Network"]),
        library("Network"),
        library("Wire"),
        library("Netlink", ["CMnl", "Platform", "Network"]),
        library("NFTables", ["CNftnl", "CMnl", "Netlink", "Platform", "Network"]),
        library("Support", ["JSON", "Network", "Platform"]),
        library("JSON"),
        library("CNI", ["JSON", "NFTables", "Netlink", "Network", "Platform"]),
        library("YAML", ["CYaml"]),
        library("Transport", ["CCurl", "Platform"]),
        library("TLS", ["COpenSSL"]),
        library("Kubernetes", ["JSON", "Network", "Platform", "Transport", "Wire", "YAML"]),
        library("Inspection", ["JSON", "Kubernetes", "Network", "Platform", "Support"]),
        library(
            "Proxy",
            ["JSON", "Kubernetes", "NFTables", "Netlink", "Network", "Platform", "Support", "YAML"]),
        library(
            "DNS",
            [
                "JSON", "Kubernetes", "NFTables", "Netlink", "Network", "Platform", "Support",
                "TLS",
                "Wire",
            ]),
        library(
            "Agent",
            [
                "CNI", "JSON", "Kubernetes", "NFTables", "Netlink", "Network", "Platform", "Proxy",
                "Support", "YAML",
            ]),
        library("Topology", ["Netlink", "Network", "Platform"]),
        library("Demo", ["DNS", "JSON", "Netlink", "Network", "Platform", "Topology"]),
        library(
            "Bench",
            [
                "Agent", "CNI", "DNS", "JSON", "Kubernetes", "NFTables", "Netlink", "Network",
                "Platform", "Proxy", "Support", "Topology", "Wire",
            ]),
        program(
            "weft",
            [
                "Agent", "Bench", "CNI", "DNS", "Demo", "Inspection", "JSON", "Kubernetes",
                "NFTables",
                "Netlink", "Network", "Platform", "Proxy", "Support", "YAML",
            ]),
        program("weft-cni", ["CNI", "Platform"]),

        .target(name: "Measure", path: "bench/measure", swiftSettings: settings),
        program(
            "weft-bench-nftables",
            ["Measure", "NFTables", "Network", "Platform", "Support"], path: "bench/nftables"),
        program(
            "weft-bench-conntrack",
            ["Measure", "Netlink", "Network", "Platform", "Proxy", "Support"],
            path: "bench/conntrack"),
        program(
            "weft-bench-store", ["Kubernetes", "Measure", "Platform", "Support"],
            path: "bench/store"),
        program(
            "weft-bench-manifests", ["Kubernetes", "Measure", "Platform", "Support"],
            path: "bench/manifests"),
        program(
            "weft-bench-watcher",
            [
                "APIServerSupport", "Bench", "Kubernetes", "Measure", "Network", "Platform",
                "Support",
            ], path: "bench/watcher"),
        program(
            "weft-measured-source", ["Kubernetes", "Measure", "Platform", "Support"],
            path: "bench/watcher-client"),
        program(
            "weft-bench-model",
            ["CAllocations", "Kubernetes", "Measure", "Network", "Platform", "Proxy", "Support"],
            path: "bench/model"),
        program(
            "weft-bench-routes",
            ["Agent", "Measure", "Netlink", "Network", "Platform", "Support"],
            path: "bench/routes"),
        program(
            "weft-bench-dnscache", ["DNS", "Measure", "Platform", "Support"],
            path: "bench/dnscache"),
        program("weft-bench-startup", ["Measure", "Platform", "Support"], path: "bench/startup"),
        program(
            "weft-bench-transport",
            ["APIServerSupport", "Measure", "Platform", "Support", "Transport"],
            path: "bench/transport"),

        .target(
            name: "TestSupport",
            dependencies: ["NFTables", "Netlink", "Platform", "Network", "Topology", "Wire"],
            path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "TestSupportTests", dependencies: ["TestSupport", "Platform", "Network", "Wire"],
            swiftSettings: settings),
        .systemLibrary(name: "CNghttp2", path: "Tests/CNghttp2"),
        .target(
            name: "APIServerSupport",
            dependencies: [
                "CNghttp2", "COpenSSL", "FuzzSupport", "Network", "Platform", "Support",
            ],
            path: "Tests/APIServerSupport", swiftSettings: settings),
        .target(name: "CAllocations", path: "Tests/CAllocations"),
        .target(name: "CReference", path: "Tests/CReference"),
        .target(
            name: "FuzzSupport",
            dependencies: [
                "Agent", "Bench", "CNI", "CReference", "DNS", "JSON", "Kubernetes", "NFTables",
                "Netlink",
                "Network", "Platform", "Proxy", "Wire", "YAML",
            ],
            path: "Tests/FuzzSupport", swiftSettings: settings),
        .target(name: "CFuzz", path: "bench/CFuzz"),
        program("weft-fuzz", ["CFuzz", "FuzzSupport", "Platform", "Support"], path: "bench/fuzz"),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzSupport"], swiftSettings: settings),
        tests(of: "Platform"),
        tests(of: "Network", ["CAllocations", "FuzzSupport"]),
        tests(of: "Wire", ["FuzzSupport"]),
        tests(of: "Netlink"),
        tests(of: "NFTables", ["FuzzSupport", "Platform"]),
        tests(of: "Support", ["JSON", "Network", "Platform"]),
        tests(of: "JSON"),
        tests(of: "CNI", ["JSON", "NFTables", "Netlink", "Network", "Platform"]),
        tests(of: "YAML"),
        tests(
            of: "Proxy",
            [
                "FuzzSupport", "JSON", "Kubernetes", "NFTables", "Netlink", "Network", "Platform",
                "Support", "YAML",
            ]),
        tests(
            of: "DNS",
            [
                "APIServerSupport", "CAllocations", "FuzzSupport", "JSON", "Kubernetes", "NFTables",
                "Netlink", "Network", "Platform", "Support", "TLS", "Wire", "YAML",
            ]),
        tests(
            of: "Agent",
            [
                "APIServerSupport", "CNI", "DNS", "FuzzSupport", "Inspection", "JSON", "Kubernetes",
                "NFTables", "Netlink", "Network", "Platform", "Proxy", "Support", "YAML",
            ]),
        tests(of: "Demo", ["JSON", "Kubernetes", "Network", "Platform", "Topology"]),
        tests(
            of: "Bench",
            [
                "CAllocations", "DNS", "FuzzSupport", "JSON", "Kubernetes", "NFTables", "Netlink",
                "Network", "Platform", "Support", "Topology",
            ]),
        tests(of: "TLS", ["APIServerSupport"]),
        tests(of: "Inspection", ["JSON", "Kubernetes", "Network", "Platform", "Support", "YAML"]),
        tests(of: "Transport", ["APIServerSupport", "Network", "Platform"]),
        .testTarget(
            name: "KubernetesTests",
            dependencies: [
                "APIServerSupport", "CAllocations", "FuzzSupport", "JSON", "Kubernetes", "Network",
                "Platform", "TestSupport", "YAML",
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
    ]
)
