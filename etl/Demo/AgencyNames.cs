namespace Etl.Demo;

/// <summary>The units of each place by name. Names of offices, never of persons.</summary>
static class AgencyNames
{
    /// <summary>Departments up to 28 February 2025, and how people shorten them.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> OldDepartments = new Dictionary<string, string[]>
    {
        ["Sở Nội vụ"] = ["SNV", "Sở NV"],
        ["Sở Tư pháp"] = ["STP"],
        ["Sở Kế hoạch và Đầu tư"] = ["Sở KH&ĐT", "SKHĐT", "Sở KHĐT", "Sở KH và ĐT"],
        ["Sở Tài chính"] = ["STC"],
        ["Sở Công Thương"] = ["SCT", "Sở Công thương"],
        ["Sở Nông nghiệp và Phát triển nông thôn"] = ["Sở NN&PTNT", "SNNPTNT", "Sở NN và PTNT"],
        ["Sở Giao thông vận tải"] = ["Sở GTVT", "SGTVT", "Sở Giao thông Vận tải"],
        ["Sở Xây dựng"] = ["SXD", "Sở XD"],
        ["Sở Tài nguyên và Môi trường"] = ["Sở TN&MT", "STNMT", "Sở TNMT", "Sở TN và MT"],
        ["Sở Thông tin và Truyền thông"] = ["Sở TT&TT", "STTTT", "Sở TTTT"],
        ["Sở Lao động - Thương binh và Xã hội"] = ["Sở LĐTBXH", "SLĐTBXH", "Sở LĐ-TB&XH", "Sở Lao động – Thương binh và Xã hội"],
        ["Sở Văn hóa và Thể thao"] = ["Sở VH&TT", "SVHTT", "Sở Văn hoá và Thể thao"],
        ["Sở Khoa học và Công nghệ"] = ["Sở KH&CN", "SKHCN", "Sở KHCN"],
        ["Sở Giáo dục và Đào tạo"] = ["Sở GD&ĐT", "SGDĐT", "Sở GDĐT"],
        ["Sở Y tế"] = ["SYT"],
        ["Sở Du lịch"] = ["SDL"],
        ["Sở Ngoại vụ"] = ["SNgV"],
        ["Ban Dân tộc"] = ["BDT"],
    };

    /// <summary>The bodies of 1 March 2025 and what they were formed from (departments_2025.csv).</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MergedFrom = new Dictionary<string, string[]>
    {
        ["Sở Tài chính"] = ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"],
        ["Sở Xây dựng"] = ["Sở Giao thông vận tải", "Sở Xây dựng"],
        ["Sở Nông nghiệp và Môi trường"] = ["Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn"],
        ["Sở Nội vụ"] = ["Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"],
        ["Sở Khoa học và Công nghệ"] = ["Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"],
        ["Sở Văn hóa, Thể thao và Du lịch"] = ["Sở Văn hóa và Thể thao", "Sở Du lịch"],
        ["Sở Dân tộc và Tôn giáo"] = ["Ban Dân tộc"],
    };

    static readonly Dictionary<string, string[]> NewShortForms = new()
    {
        ["Sở Nông nghiệp và Môi trường"] = ["Sở NN&MT", "SNNMT", "Sở NNMT"],
        ["Sở Văn hóa, Thể thao và Du lịch"] = ["Sở VHTT&DL", "SVHTTDL"],
        ["Sở Dân tộc và Tôn giáo"] = ["Sở DT&TG", "SDTTG"],
    };

    public static readonly IReadOnlyDictionary<string, string[]> Boards = new Dictionary<string, string[]>
    {
        ["da-nang"] = ["Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên", "Ban Quản lý Khu công nghệ cao và các khu công nghiệp",
            "Ban Quản lý dự án đầu tư xây dựng công trình giao thông", "Thanh tra thành phố", "Văn phòng UBND thành phố"],
        ["hai-phong"] = ["Ban Quản lý Khu kinh tế", "Thanh tra thành phố", "Văn phòng UBND thành phố", "Ban Quản lý dự án đầu tư xây dựng thành phố"],
        ["binh-dinh"] = ["Ban Quản lý Khu kinh tế", "Thanh tra tỉnh", "Văn phòng UBND tỉnh", "Ban Quản lý dự án giao thông"],
        ["can-tho"] = ["Ban Quản lý các khu chế xuất và công nghiệp", "Thanh tra thành phố", "Văn phòng UBND thành phố"],
    };

    public static IReadOnlyList<string> ShortForms(string name) =>
        OldDepartments.TryGetValue(name, out var forms) || NewShortForms.TryGetValue(name, out forms) ? forms
        : name == "Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên" ? ["Ban QLDA Đầu tư cơ sở hạ tầng ưu tiên", "Ban QLDA ĐTCSHT ưu tiên"]
        : name.StartsWith("UBND ", StringComparison.Ordinal) ? [$"Ủy ban nhân dân {name[5..]}", $"Uỷ ban nhân dân {name[5..]}"]
        : [];
}
