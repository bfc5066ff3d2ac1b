// QuantLib's side of the option contests: reads options once, then prices or inverts all of them at each word of stdin.
//
// quantLib INPUT OUTPUT. INPUT holds doubles: the count n, then n each of puts (0 or 1), forwards, strikes, years,
// volatilities, discounts and prices. After each round OUTPUT's n doubles are written only at the word "save".

#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include <ql/pricingengines/blackformula.hpp>

using namespace QuantLib;

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::FILE* input = std::fopen(argv[1], "rb");
  double count = 0;
  if (!input || std::fread(&count, sizeof count, 1, input) != 1) return 3;
  const std::size_t n = static_cast<std::size_t>(count);
  std::vector<std::vector<double>> columns(7, std::vector<double>(n));
  for (auto& column : columns)
    if (std::fread(column.data(), sizeof(double), n, input) != n) return 3;
  std::fclose(input);
  const auto &puts = columns[0], &forwards = columns[1], &strikes = columns[2], &years = columns[3];
  const auto &volatilities = columns[4], &discounts = columns[5], &prices = columns[6];
  std::vector<Option::Type> types(n);
  for (std::size_t i = 0; i < n; i++) types[i] = puts[i] != 0 ? Option::Put : Option::Call;
  std::vector<double> out(n);

  for (std::string word; std::cin >> word;) {
    if (word == "price")
      for (std::size_t i = 0; i < n; i++)
        out[i] = blackFormula(types[i], strikes[i], forwards[i], volatilities[i] * std::sqrt(years[i]), discounts[i]);
    if (word == "imply")
      for (std::size_t i = 0; i < n; i++)
        out[i] = blackFormulaImpliedStdDevLiRS(types[i], strikes[i], forwards[i], prices[i], discounts[i], 0.0,
                                               Null<Real>(), 1.0, 1e-12, 200) /
                 std::sqrt(years[i]);
    if (word == "save") {
      std::FILE* output = std::fopen(argv[2], "wb");
      if (!output || std::fwrite(out.data(), sizeof(double), n, output) != n) return 4;
      std::fclose(output);
    }
    std::cout << "done" << std::endl;
  }
}
